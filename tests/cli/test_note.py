"""`note` adds dated notes to a run: in the report, under the next signature, and never a change of what was seen."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.model.notes import notes_in

from ..batch.made import result
from ..batch.stored import stored
from ..evidence.keys import key_pair
from ..evidence.sealed_runs import Evidence, sealed_run


@pytest.fixture
def run(tmp_path: Path) -> Evidence:
    """Return a sealed run that is in sync."""
    return Evidence(sealed_run(tmp_path / "reports"), *key_pair(tmp_path))


def give(*args: object) -> Result:
    return CliRunner().invoke(app, [*map(str, args)])


def notes(run: Evidence) -> list[tuple[str | None, str]]:
    return [(note.by, note.text) for note in notes_in((run.path / "notes.jsonl").read_bytes())]


def files(run: Evidence) -> dict[str, bytes]:
    """Return what the run itself wrote, without its report and its manifest."""
    paths = (path for path in run.path.rglob("*") if path.is_file())
    found = {path.relative_to(run.path).as_posix(): path.read_bytes() for path in paths}
    return {name: data for name, data in found.items() if name not in ("index.html", "manifest.json", "notes.jsonl")}


def test_notes_are_added_with_their_date(run):
    """In order, with who noted them if that is given; nothing else is changed, and nothing looks like tampering."""
    before = files(run)
    start = datetime.now(UTC)
    done = give("note", run.path, "Called Ana: she changed it at noon.", "--by", "Radu, helpdesk")
    assert (0, f"{run.path / 'notes.jsonl'}\n") == (done.exit_code, done.stdout)
    assert 0 == give("note", run.path, "Second\nwith two lines").exit_code
    assert [
        ("Radu, helpdesk", "Called Ana: she changed it at noon."),
        (None, "Second\nwith two lines"),
    ] == notes(run)
    first, second = notes_in((run.path / "notes.jsonl").read_bytes())
    assert start <= first.at <= second.at <= datetime.now(UTC)
    assert before == files(run)
    assert 0 == give("verify-evidence", run.path).exit_code == give("report", run.path).exit_code
    if os.name != "nt":
        assert 0o600 == (run.path / "notes.jsonl").stat().st_mode & 0o777


def test_the_report_shows_them(run):
    """In a section of its own, as text; only once it is rendered again, and none without notes."""
    assert 0 == give("report", run.path).exit_code
    assert 'aria-labelledby="notes"' not in (run.path / "index.html").read_text(encoding="utf-8")
    give("note", run.path, "<b>bold</b> \u202eevil", "--by", "Ștefan")
    assert 0 == give("report", run.path, "--lang", "ro").exit_code
    page = (run.path / "index.ro.html").read_text(encoding="utf-8")
    (section,) = re.findall(r'<section class="part notes".*?</section>', page, re.DOTALL)
    assert all(text in section for text in ("Note</h2>", "&lt;b&gt;bold&lt;/b&gt;", r"\u202eevil", "Ștefan", "UTC"))
    assert "\u202e" not in section


def test_the_report_of_many_users_shows_them(tmp_path):
    """A note about a whole run."""
    folder = stored(tmp_path / "run", [result(1)])
    assert 0 == give("note", folder, "Change freeze until Monday").exit_code
    assert 0 == give("report", folder).exit_code
    assert "Change freeze until Monday" in (folder / "index.html").read_text(encoding="utf-8")
    assert 0 == give("verify-evidence", folder).exit_code


def test_the_report_has_the_fingerprint_of_the_evidence(run):
    """It is what `sha256sum` and `verify-evidence` say, before and after a note."""
    give("note", run.path, "A note")
    assert 0 == give("report", run.path).exit_code
    names = sorted(["record.json", *(f"evidence/{path.name}" for path in (run.path / "evidence").iterdir())])
    lines = [f"{hashlib.sha256((run.path / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    expected = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert f"<code>{expected}</code>" in (run.path / "index.html").read_text(encoding="utf-8")
    assert expected == json.loads(give("verify-evidence", run.path, "--json").stdout)["fingerprint"]
    if os.name == "posix":
        script = "sha256sum record.json evidence/* | LC_ALL=C sort -k 2 | sha256sum"
        printed = subprocess.run(["sh", "-c", script], cwd=run.path, capture_output=True, text=True, check=True)
        assert expected == printed.stdout.split()[0]


@pytest.mark.parametrize("earlier", [False, True])
def test_notes_after_signing_are_no_tampering(run, earlier):
    """They are counted as not signed, with or without a note that is; the next signature covers them."""
    if earlier:
        give("note", run.path, "Before")
    assert 0 == give("sign", run.path, "--key", run.private).exit_code
    assert "Notes that were added" not in give("verify-evidence", run.path, "--key", run.public).stdout
    give("note", run.path, "After")
    give("note", run.path, "And after that")
    done = give("verify-evidence", run.path, "--key", run.public)
    assert 0 == done.exit_code
    assert "Notes that were added after signing, and are not signed: 2." in done.stdout
    assert 0 == give("report", run.path, "--sign", run.private).exit_code
    done = give("verify-evidence", run.path, "--key", run.public)
    assert (0, False) == (done.exit_code, "Notes that were added" in done.stdout)


def test_a_signed_note_cannot_be_changed_or_removed(run):
    """Also with another one after it, and a manifest that was rewritten."""
    give("note", run.path, "The photo was old.")
    give("sign", run.path, "--key", run.private)
    give("note", run.path, "After")
    envelope, whole = (run.path / "manifest.dsse.json").read_bytes(), (run.path / "notes.jsonl").read_bytes()
    for changed in (whole.replace(b"old", b"new"), whole.splitlines(keepends=True)[1], b""):
        (run.path / "notes.jsonl").write_bytes(changed)
        run.folder.seal()
        (run.path / "manifest.dsse.json").write_bytes(envelope)
        done = give("verify-evidence", run.path, "--key", run.public)
        assert (4, True) == (done.exit_code, "notes.jsonl: was changed" in done.stdout)


def test_a_new_note_hides_no_change_of_an_earlier_one(run):
    """It is refused, exit code 2, until the file is as it was."""
    give("note", run.path, "First")
    path = run.path / "notes.jsonl"
    path.write_bytes(path.read_bytes().replace(b"First", b"Other"))
    done = give("note", run.path, "Second")
    assert (2, True) == (done.exit_code, f"{path}: was changed after its last note" in done.stderr)
    assert [(None, "Other")] == notes(run)
    assert 4 == give("report", run.path).exit_code


def test_a_file_of_notes_that_somebody_put_there_is_not_continued(run):
    """It is no note of this command, and stays visible as one that was added."""
    (run.path / "notes.jsonl").write_text("{}\n")
    assert 2 == give("note", run.path, "Mine").exit_code
    assert "notes.jsonl: was added" in give("verify-evidence", run.path).stdout


WRONG = {
    "TEXT: is empty": ["  "],
    "TEXT: has 4001 characters; expected at most 4000": ["x" * 4001],
    "--by: expected a name": ["text", "--by", " "],
}


@pytest.mark.parametrize("why", WRONG)
def test_a_wrong_note_is_refused(run, why):
    """One line, exit code 2, and nothing is written."""
    done = give("note", run.path, *WRONG[why])
    assert (2, True) == (done.exit_code, why in done.stderr)
    assert not (run.path / "notes.jsonl").exists()


def test_a_note_needs_a_run(tmp_path):
    """A folder without one gets no file."""
    done = give("note", tmp_path, "text")
    assert (2, []) == (done.exit_code, list(tmp_path.iterdir()))
    assert "expected the folder of a run" in done.stderr


def test_a_token_in_a_note_is_redacted(run):
    """What looks like a token is not kept, as in every text that the product writes."""
    token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl"
    assert 0 == give("note", run.path, f"see https://x.example/?access_token={token}").exit_code
    assert token not in (run.path / "notes.jsonl").read_text()

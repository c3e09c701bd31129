"""What was changed in a run's folder is noticed: with its manifest, without it, and with a rewritten manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.diagnose import judged
from troubleshooter.diagnose.consistency import contradicts_itself
from troubleshooter.evidence.integrity import discrepancies
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.records import Record

from ..diagnose.records import CARD, record, stale
from ..run.runs import NOON

PICTURES = (b"first", b"second", b"third")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """Return the folder of a run that has just begun."""
    return RunFolder.new(tmp_path / "reports", "photo-differs", NOON)


@pytest.fixture
def sealed(folder: RunFolder) -> RunFolder:
    """Return the sealed folder of a run that is in sync, with two of its pictures in the evidence."""
    shots = [folder.keep(data, ".png") for data in PICTURES[:2]]
    sightings = [
        sighting.model_copy(update={"shot": shots[n][0], "sha256": shots[n][1]} if n < 2 else {})
        for n, sighting in enumerate(record().sightings)
    ]
    folder.write_record(judged(record(tuple(sightings), id=folder.path.name, finished=NOON)))
    folder.write_report("<p>report</p>")
    folder.seal()
    return folder


def wrong(folder: RunFolder) -> list[str]:
    """Return the files that are not as the run left them."""
    return [found.file for found in discrepancies(folder, folder.read_record())]


def changed(folder: RunFolder) -> list[str]:
    path = folder.keep(b"first", ".png")[0]
    (folder.path / path).write_bytes(b"first, retouched")
    return [path]


def missing(folder: RunFolder) -> list[str]:
    path = folder.keep(b"second", ".png")[0]
    (folder.path / path).unlink()
    return [path]


def added(folder: RunFolder) -> list[str]:
    (folder.path / "evidence" / "proof.png").write_bytes(b"fourth")
    return ["evidence/proof.png"]


def swapped(folder: RunFolder) -> list[str]:
    one, two = (folder.path / folder.keep(data, ".png")[0] for data in PICTURES[:2])
    one.write_bytes(b"second")
    two.write_bytes(b"first")
    return sorted(path.relative_to(folder.path).as_posix() for path in (one, two))


def record_changed(folder: RunFolder) -> list[str]:
    folder.write_record(folder.read_record().model_copy(update={"subject_name": "Somebody Else"}))
    return ["record.json"]


def another_picture(folder: RunFolder) -> list[str]:
    """Let the record's first sighting show the second one's picture."""
    old = folder.read_record()
    first, second, *others = old.sightings
    folder.write_record(
        old.model_copy(update={"sightings": (first.model_copy(update={"shot": second.shot}), second, *others)})
    )
    return ["record.json"]


def everything(folder: RunFolder) -> list[str]:
    return sorted([*changed(folder), *missing(folder), *added(folder), *record_changed(folder)])


def test_an_untouched_run_has_no_discrepancies(sealed: RunFolder):
    """What a run has just sealed is as it left it; what a computer adds to a folder that is looked at is ignored."""
    (sealed.path / ".DS_Store").touch()
    assert [] == wrong(sealed)


@pytest.mark.parametrize("touch", [changed, missing, added, swapped, record_changed, another_picture, everything])
def test_what_was_altered_is_listed(sealed: RunFolder, touch: Callable[[RunFolder], list[str]]):
    """A file that was changed, removed or added after sealing is listed."""
    assert touch(sealed) == wrong(sealed)


@pytest.mark.parametrize("touch", [changed, missing, added, swapped, another_picture])
def test_what_was_altered_is_listed_without_the_manifest_too(sealed: RunFolder, touch):
    """Deleting the manifest is noticed, and hides nothing that the names of the files and the record tell."""
    (sealed.path / "manifest.json").unlink()
    assert sorted([*touch(sealed), "manifest.json"]) == wrong(sealed)


@pytest.mark.parametrize("touch", [changed, missing, added, swapped, another_picture])
def test_a_manifest_that_was_rewritten_hides_none_of_it(sealed: RunFolder, touch):
    """Whoever changes a file can seal the folder again; the name of a picture still says what it was."""
    expected = touch(sealed)
    sealed.seal()
    assert expected == wrong(sealed)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"evidence/x.png": '])
def test_a_manifest_that_cannot_be_read_is_an_alarm(sealed: RunFolder, text: str):
    """A truncated or invalid manifest is reported as changed, and is not rewritten."""
    (sealed.path / "manifest.json").write_text(text)
    assert ["manifest.json"] == wrong(sealed)
    done = CliRunner().invoke(app, ["report", str(sealed.path)])
    assert (4, text) == (done.exit_code, (sealed.path / "manifest.json").read_text())
    assert "manifest.json: is not readable" in done.stderr


def test_a_row_that_was_taken_out_of_the_manifest_is_an_alarm(sealed: RunFolder):
    """Then its file is one that was added."""
    found = json.loads((sealed.path / "manifest.json").read_text())
    path = sealed.keep(b"first", ".png")[0]
    found["subject"] = [entry for entry in found["subject"] if entry["name"] != path]
    (sealed.path / "manifest.json").write_text(json.dumps(found))
    assert [path] == wrong(sealed)


def test_the_report_may_be_rendered_again(sealed: RunFolder):
    """A different report is not a discrepancy, because the `report` command may have written it."""
    sealed.write_report("<p>another language</p>")
    assert [] == wrong(sealed)


def test_a_renewed_report_leaves_the_other_rows(sealed: RunFolder):
    """Renewing the report changes only its row in the manifest, so earlier alterations remain visible."""
    touched = everything(sealed)
    before = sealed.sealed()
    sealed.write_report("<p>another language</p>")
    sealed.renew_report_row()
    assert {**before, "index.html": digest(b"<p>another language</p>")} == sealed.sealed()
    assert touched == wrong(sealed)


def test_the_style_beside_the_report_is_renewed_with_it(sealed: RunFolder):
    """A report of an older version gets its style beside it, with a row of its own; a changed style is noticed."""
    sealed.write_style("p { color: red }")
    sealed.renew_report_row()
    assert [] == wrong(sealed)
    (sealed.path / "report.css").write_text("p { display: none }", encoding="utf-8")
    assert ["report.css"] == wrong(sealed)
    sealed.write_style("p { color: red }")
    sealed.renew_report_row()
    assert [] == wrong(sealed)


def test_a_run_that_died_has_no_manifest_and_needs_none(folder: RunFolder):
    """It can be rendered as before, without an alarm, and gets no manifest; a picture that was changed is noticed."""
    folder.write_record(record(sightings=(), reference=None, id=folder.path.name))
    done = CliRunner().invoke(app, ["report", str(folder.path)])
    assert (4, "") == (done.exit_code, done.stderr)
    assert not (folder.path / "manifest.json").exists()
    assert changed(folder) == wrong(folder)


def test_report_sounds_the_alarm(sealed: RunFolder):
    """Exit code 4 instead of the verdict's, one line per file, and the list at the top of the report."""
    assert 0 == CliRunner().invoke(app, ["report", str(sealed.path)]).exit_code
    (path,) = changed(sealed)
    done = CliRunner().invoke(app, ["report", str(sealed.path)])
    assert (4, f"troubleshooter: {path}: was changed after the check\n") == (done.exit_code, done.stderr)
    assert path in (sealed.path / "index.html").read_text()


def test_a_verdict_that_was_edited_is_an_alarm(sealed: RunFolder):
    """Also where the manifest was rewritten to match."""
    old = record(rows=stale(CARD), id=sealed.path.name, finished=NOON)
    sealed.write_record(judged(old).model_copy(update={"verdict": Verdict.IN_SYNC, "reason": None}))
    sealed.seal()
    done = CliRunner().invoke(app, ["report", str(sealed.path)])
    assert 4 == done.exit_code
    assert "record.json: was changed after the check: its verdict cannot follow from what it contains" in done.stderr


CRASHED = {"verdict": Verdict.INCONCLUSIVE, "reason": Reason.CRASHED}
GOOD, STALE = judged(record(finished=NOON)), judged(record(rows=stale(CARD), finished=NOON))
EDITED: dict[str, tuple[Record, bool]] = {
    "in sync": (GOOD, False),
    "out of sync": (STALE, False),
    "died": (record(**CRASHED), False),
    "in sync, but never finished": (GOOD.model_copy(update={"finished": None}), True),
    "in sync, with a difference": (GOOD.model_copy(update={"comparisons": STALE.comparisons}), True),
    "out of sync, without one": (GOOD.model_copy(update={"verdict": Verdict.OUT_OF_SYNC}), True),
    "stopped by nothing": (record(finished=NOON, verdict=Verdict.STOPPED, reason=Reason.WRONG_PASSWORD), True),
    "cannot tell, for no reason": (record(finished=NOON, verdict=Verdict.INCONCLUSIVE, reason=None), True),
}


@pytest.mark.parametrize("name", EDITED)
def test_a_verdict_follows_from_the_record(name: str):
    """Only what cannot be in any version counts: a false alarm would be as bad."""
    stored, edited = EDITED[name]
    assert edited == contradicts_itself(stored)

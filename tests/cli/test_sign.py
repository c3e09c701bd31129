"""`sign`, and `--sign` wherever a manifest is written: what was altered is not signed, and a wrong key stops early."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.evidence.run_folder import RunFolder

from ..batch.made import result
from ..batch.stored import stored
from ..evidence.keys import key_pair
from ..evidence.sealed_runs import sealed_run

RUNNING = {
    "run": ["run", "photo-differs", "--tenant", "sandbox"],
    "demo": ["demo"],
    "verify": ["verify", "users.csv", "--tenant", "sandbox"],
}


def give(*args: object) -> Result:
    return CliRunner().invoke(app, [*map(str, args)])


def sealed(tmp_path: Path) -> RunFolder:
    """Return the folder of a run that is in sync."""
    return sealed_run(tmp_path / "reports")


def test_a_run_is_signed_later(tmp_path):
    """By two people, each of whose keys then verifies it; the path of the envelope is printed."""
    folder = sealed(tmp_path)
    first, second = key_pair(tmp_path, "first"), key_pair(tmp_path, "second")
    for private, _ in (first, second, first):
        done = give("sign", folder.path, "--key", private)
        assert (0, f"{folder.path / 'manifest.dsse.json'}\n") == (done.exit_code, done.stdout)
    for _, public in (first, second):
        assert 0 == give("verify-evidence", folder.path, "--key", public).exit_code


def test_what_was_altered_is_not_signed(tmp_path):
    """Exit code 4 and the files, also where the manifest was rewritten after an earlier signature."""
    folder, (private, _) = sealed(tmp_path), key_pair(tmp_path)
    (folder.path / "log.txt").write_text("added")
    done = give("sign", folder.path, "--key", private)
    assert (4, "") == (done.exit_code, done.stdout)
    assert "log.txt: was added" in done.stderr
    assert not (folder.path / "manifest.dsse.json").exists()
    (folder.path / "log.txt").unlink()
    assert 0 == give("sign", folder.path, "--key", private).exit_code
    envelope = (folder.path / "manifest.dsse.json").read_bytes()
    (folder.path / "log.txt").write_text("added")
    folder.seal()
    (folder.path / "manifest.dsse.json").write_bytes(envelope)
    assert 4 == give("sign", folder.path, "--key", private).exit_code


def test_a_rendered_report_is_signed_with_it(tmp_path):
    """`report` says that the signature is out of date, and `report --sign` or `sign` renews it; changes stop that."""
    folder, (private, public) = sealed(tmp_path), key_pair(tmp_path)
    verify = ("verify-evidence", folder.path, "--key", public)
    done = give("report", folder.path, "--sign", private)
    assert (0, 0) == (done.exit_code, give(*verify).exit_code)
    again = give("report", folder.path, "--lang", "ro")
    assert "--sign KEY signs the run again" in again.stderr
    assert "index.ro.html: was added" in give(*verify).stdout
    assert 0 == give("sign", folder.path, "--key", private).exit_code == give(*verify).exit_code
    before = (folder.path / "manifest.dsse.json").read_bytes()
    (folder.path / "log.txt").write_text("added")
    changed = give("report", folder.path, "--sign", private)
    assert (4, True) == (changed.exit_code, "is not signed, because files were changed" in changed.stderr)
    assert before == (folder.path / "manifest.dsse.json").read_bytes()


def test_a_report_in_another_language_is_signed_later(tmp_path):
    """A file beside the report that is made from the record does not keep the run from being signed again."""
    folder, (private, public) = sealed(tmp_path), key_pair(tmp_path)
    verify = ("verify-evidence", folder.path, "--key", public)
    assert 0 == give("sign", folder.path, "--key", private).exit_code
    (folder.path / "index.ro.html").write_text("<p>raport</p>")
    folder.renew_report_row("index.ro.html")
    assert "index.ro.html: was added" in give(*verify).stdout
    assert 0 == give("sign", folder.path, "--key", private).exit_code == give(*verify).exit_code


def test_a_run_of_many_users_is_signed(tmp_path):
    """By `report --sign`, and joined by `merge --sign`."""
    folder, (private, public) = stored(tmp_path / "run", [result(1)]), key_pair(tmp_path)
    assert 0 == give("report", folder, "--sign", private).exit_code
    assert 0 == give("verify-evidence", folder, "--key", public).exit_code
    assert 0 == give("merge", folder, "--out", tmp_path / "all", "--sign", private).exit_code
    assert 0 == give("verify-evidence", tmp_path / "all", "--key", public).exit_code
    (folder / "findings.csv").write_text("changed")
    assert 4 == give("merge", folder, "--out", tmp_path / "again", "--sign", private).exit_code
    assert not (tmp_path / "again" / "manifest.dsse.json").exists()


def test_sealing_again_removes_a_signature(tmp_path):
    """A run that is continued has other files; its old signature would look like tampering."""
    folder, (private, _) = sealed(tmp_path), key_pair(tmp_path)
    assert 0 == give("sign", folder.path, "--key", private).exit_code
    folder.seal()
    assert not (folder.path / "manifest.dsse.json").exists()


@pytest.mark.parametrize("line", RUNNING)
def test_a_wrong_key_stops_before_anything_runs(tmp_path, monkeypatch, line):
    """One line, exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "users.csv").write_text("upn\nana.popescu@contoso.com\n")
    (tmp_path / "key.pem").write_text("no key")
    before = sorted(tmp_path.rglob("*"))
    done = give(*RUNNING[line], "--sign", "key.pem")
    assert (2, 1) == (done.exit_code, len(done.stderr.splitlines()))
    assert "troubleshooter: --sign: key.pem is not a key; expected an Ed25519 private key in PEM" in done.stderr
    assert before == sorted(tmp_path.rglob("*"))


@pytest.mark.run
@pytest.mark.parametrize("line", ["demo", "verify"])
def test_a_run_is_signed_as_it_ends(tmp_path, monkeypatch, line):
    """A check of one user, and of a list, whose single runs are under its signature; the list of runs has both."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "users.csv").write_text("upn\nana.popescu@contoso.com\n")
    private, public = key_pair(tmp_path)
    done = give(*RUNNING[line], "--sign", private)
    folder = tmp_path / Path(done.stdout.splitlines()[-1]).parent
    assert 0 == give("verify-evidence", folder, "--key", public).exit_code
    assert ["manifest.dsse.json"] == [path.name for path in (tmp_path / "reports").rglob("*.dsse.json")]
    assert "key.pem" not in (folder / ("record.json" if line == "demo" else "summary.json")).read_text()
    assert folder.name in (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")

"""A run's folder contains complete files under their final names, and a manifest that reveals later changes."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from troubleshooter.errors import InputError
from troubleshooter.evidence.run_folder import RunFolder, write_whole
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.records import Record

NOW = datetime(2026, 11, 22, 10, 41, 7, tzinfo=UTC)
RECORD = Record(
    id="r", scenario="photo-differs", tenant="Contoso", subject="ană@contoso.com", account="ana", started=NOW
)


@pytest.fixture
def folder(tmp_path) -> RunFolder:
    """Return the folder of a fresh run."""
    return RunFolder.new(tmp_path / "reports", "photo-differs", NOW)


@pytest.fixture
def sealed(folder) -> RunFolder:
    """Return the sealed folder of a finished run with a record, a report, two pictures and a manifest."""
    folder.keep(b"first", ".png")
    folder.keep(b"second", ".jpg")
    folder.write_record(RECORD)
    folder.write_report("<p>report</p>")
    folder.seal()
    return folder


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def names(path: Path) -> list[str]:
    return sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file())


def test_a_folder_is_made_under_its_final_name(tmp_path):
    """A run's folder is named after the UTC time and the scenario, with `evidence/` and any missing parents created."""
    made = RunFolder.new(tmp_path / "a" / "b", "photo-differs", NOW.astimezone(timezone(timedelta(hours=2))))
    assert tmp_path / "a" / "b" / "20261122T104107Z-photo-differs" == made.path
    assert (made.path / "evidence").is_dir()


def modes(path: Path) -> dict[str, int]:
    """Return the permissions of everything below `path`."""
    return {p.relative_to(path).as_posix(): p.stat().st_mode & 0o777 for p in path.rglob("*")}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_user_can_read_a_run(tmp_path):
    """Under any umask, only the user can enter a run's folder or read its files, also in an open `reports/`."""
    out = tmp_path / "reports"
    out.mkdir()
    out.chmod(0o777)
    before = os.umask(0)
    try:
        made = RunFolder.new(out, "photo-differs", NOW)
        picture, _ = made.keep(b"face", ".png")
        made.write_record(RECORD)
        made.write_report("<p>report</p>")
        made.seal()
        made.write_report("<p>rendered again</p>")
        write_whole(tmp_path / "control.txt", b"for everyone")
    finally:
        os.umask(before)
    files = {picture: 0o600, "record.json": 0o600, "index.html": 0o600, "manifest.json": 0o600}
    assert {"evidence": 0o700, **files} == modes(made.path)
    assert (0o700, 0o777) == (made.path.stat().st_mode & 0o777, out.stat().st_mode & 0o777)
    assert 0o666 == (tmp_path / "control.txt").stat().st_mode & 0o777


def test_runs_in_one_second_are_numbered(tmp_path):
    """The second and third run of the same second get -2 and -3; another scenario or second needs no number."""
    made = [RunFolder.new(tmp_path, "photo-differs", NOW).path.name for _ in range(3)]
    stem = "20261122T104107Z-photo-differs"
    assert [stem, f"{stem}-2", f"{stem}-3"] == made
    assert "20261122T104107Z-add-photo" == RunFolder.new(tmp_path, "add-photo", NOW).path.name
    later = RunFolder.new(tmp_path, "photo-differs", NOW + timedelta(seconds=1))
    assert "20261122T104108Z-photo-differs" == later.path.name


def test_a_run_never_takes_anothers_folder(tmp_path):
    """A run never writes into an earlier run's folder."""
    first = RunFolder.new(tmp_path, "photo-differs", NOW)
    first.write_report("first")
    RunFolder.new(tmp_path, "photo-differs", NOW).write_report("second")
    assert "first" == (first.path / "index.html").read_text()


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_the_way_is_bad_input(tmp_path, below):
    """A file in the place of the output folder gives an error that mentions `--out`."""
    (tmp_path / "reports").write_text("a file")
    out = tmp_path / "reports" / below
    with pytest.raises(InputError) as caught:
        RunFolder.new(out, "photo-differs", NOW)
    assert "--out" == caught.value.where
    assert caught.value.what.startswith(str(out))
    assert caught.value.what.endswith("expected a folder that can be written")


def test_a_folder_that_cannot_be_written_is_bad_input(tmp_path, monkeypatch):
    """If the output folder cannot be written, the error contains the system's reason."""

    def refuse(self, *args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(InputError) as caught:
        RunFolder.new(tmp_path, "photo-differs", NOW)
    why = f"{tmp_path}: Permission denied; expected a folder that can be written"
    assert ("--out", why) == (caught.value.where, caught.value.what)


def test_a_file_is_written_whole(tmp_path):
    """`write_whole` replaces a file's content and leaves no other file behind."""
    write_whole(tmp_path / "a.txt", b"old")
    write_whole(tmp_path / "a.txt", b"new")
    assert (["a.txt"], b"new") == (names(tmp_path), (tmp_path / "a.txt").read_bytes())


@pytest.mark.parametrize("part", ["write_bytes", "replace"])
def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch, part):
    """If the disk fills up halfway, readers still see the complete old file, and no partial file remains."""
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    write_bytes = Path.write_bytes

    def fail(self, data):
        if part == "write_bytes":
            write_bytes(self, b"ha")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, part, fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(target, b"new and longer")
    monkeypatch.undo()
    assert (["a.txt"], b"old") == (names(tmp_path), target.read_bytes())


def test_readers_never_see_a_partial_file(tmp_path, monkeypatch):
    """While a new file is being written, its name still refers to the old file."""
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    seen = []
    write_bytes = Path.write_bytes

    def watch(self, data):
        count = write_bytes(self, data)
        seen.append(target.read_bytes())
        return count

    monkeypatch.setattr(Path, "write_bytes", watch)
    write_whole(target, b"new")
    assert [b"old"] == seen


def test_evidence_is_named_by_its_hash(folder):
    """A picture is stored under its hash, relative to the run's folder, and the same bytes are stored once."""
    expected = (f"evidence/{digest(b'face')}.png", digest(b"face"))
    assert expected == folder.keep(b"face", ".png")
    assert expected == folder.keep(b"face", ".png")
    assert [expected[0]] == names(folder.path)
    assert b"face" == (folder.path / expected[0]).read_bytes()


def test_a_record_is_read_as_it_was_written(folder):
    """A record is read back as it was written, with one line per field and non-ASCII letters unescaped."""
    folder.write_record(RECORD)
    assert RECORD == folder.read_record()
    text = (folder.path / "record.json").read_text(encoding="utf-8")
    assert '\n "subject": "ană@contoso.com",\n' in text
    assert '"schema": 1' in text
    assert text.endswith("}\n")


def test_the_record_of_a_killed_run_says_so(folder):
    """Until a run is judged, its record on disk is inconclusive because the run crashed."""
    folder.write_record(RECORD)
    assert (Verdict.INCONCLUSIVE, Reason.CRASHED) == (folder.read_record().verdict, folder.read_record().reason)


def test_a_folder_without_a_record_is_bad_input(tmp_path):
    """The error has the argument, the folder and what it lacks; it calls only a missing folder missing."""
    for path, why in ((tmp_path, " has no record.json"), (tmp_path / "none", ": No such file or directory")):
        with pytest.raises(InputError) as caught:
            RunFolder(path).read_record()
        assert ("RUN_DIR", f"{path}{why}; expected the folder of a run") == (caught.value.where, caught.value.what)


def test_the_folder_of_a_run_of_many_users_is_called_that(tmp_path):
    """Such a run has no record of its own, and other commands continue or repeat it."""
    (tmp_path / "summary.json").write_text("{}")
    with pytest.raises(InputError) as caught:
        RunFolder(tmp_path).read_record()
    assert "is the folder of a run of many users: `verify --resume` continues it" in caught.value.what


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"id": "r"}'])
def test_a_file_that_is_not_a_record_is_bad_input(folder, text):
    """A file that is not a record is refused in one line."""
    (folder.path / "record.json").write_text(text)
    with pytest.raises(InputError) as caught:
        folder.read_record()
    assert "RUN_DIR" == caught.value.where
    assert caught.value.what.startswith(f"{folder.path / 'record.json'} is not a run's record: ")
    assert 1 == len(str(caught.value).splitlines())


def test_what_is_wrong_in_a_record_is_named(folder):
    """Where it is and what it is; a newer version's record is called that; nothing that is in it fills the screen."""
    path = folder.path / "record.json"

    def refusal(data: bytes) -> str:
        path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            folder.read_record()
        assert 1 == len(str(caught.value).splitlines())
        assert len(str(caught.value)) < 600
        return caught.value.what.removeprefix(str(path))

    whole = RECORD.model_dump(mode="json", by_alias=True)
    newer = ": it was written by a newer version (schema 99; this one reads up to 1); use that version"
    assert newer == refusal(json.dumps({**whole, "schema": 99}).encode())
    assert newer == refusal(b'{"schema": 99}')
    wrong = {**whole, "started": "x" * 1000, "steps": [{"id": 1}]}
    assert refusal(json.dumps(wrong).encode()).startswith(
        " is not a run's record: started: Input should be a valid dat"
    )
    assert refusal(b"\xff\xfe{").startswith(" is not a run's record: Invalid JSON: ")
    assert " is not a run's record: " in refusal(b"[" * 100_000)
    large = json.dumps({**whole, "ticket": "x" * 17_000_000}).encode()
    assert " is 17 MB; a run's record is at most 16 MB" == refusal(large)
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match=r"record\.json is not a file"):
        folder.read_record()


def test_the_manifest_lists_every_other_file(sealed):
    """The manifest lists every other file with its SHA-256."""
    expected = {name: digest((sealed.path / name).read_bytes()) for name in names(sealed.path)}
    del expected["manifest.json"]
    assert 4 == len(expected)
    assert expected == sealed.sealed()
    found = json.loads((sealed.path / "manifest.json").read_text())
    assert expected == {entry["name"]: entry["digest"]["sha256"] for entry in found["subject"]}


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_an_unreadable_manifest_counts_as_none(folder, text):
    """A manifest that can't be parsed is treated as missing."""
    (folder.path / "manifest.json").write_text(text)
    assert folder.sealed() is None

"""A journal that cannot be opened is a mistake in the input; one that can no longer be written ends the run."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_file import JournalFile
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.model.batch_records import Depth
from troubleshooter.redaction.redactor import Redactor

from .made import journal, result, resumed, rows, upn

ROOT = Path(__file__).parents[2]
_RESUME_AS_NOBODY = """
import os, sys
from pathlib import Path
from troubleshooter.batch.journal import Journal
from troubleshooter.errors import InputError
from troubleshooter.redaction.redactor import Redactor
os.setuid(65534) if os.getuid() == 0 else None
try:
    Journal.resume(Path(sys.argv[1]), Redactor())
except InputError as error:
    print(error)
"""
_FILL = """
import resource, signal, sys
from pathlib import Path
from batch.made import journal, result, upn
from troubleshooter.errors import CannotWrite
kept = journal(Path(sys.argv[1]), 3)
kept.finish(upn(1), kept.lease("a").fence, result(1))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = (Path(sys.argv[1]) / "journal.sqlite").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
lease = kept.lease("a")
try:
    kept.finish(upn(2), lease.fence, result(2, name="x" * 100_000))
except CannotWrite as error:
    print(error)
"""


def why_not(path: Path) -> str:
    """Return why a journal cannot be resumed, without its path."""
    with pytest.raises(InputError) as error:
        Journal.resume(path, Redactor())
    assert str(path) == error.value.where
    return error.value.what


def test_what_is_not_a_journal(tmp_path: Path):
    """A missing file, a folder, a text, another program's database and an empty file are refused in one line."""
    path = tmp_path / JOURNAL
    assert "no such file; expected the journal of a run" == why_not(path)
    assert "no such file; expected the journal of a run" == why_not(tmp_path)
    path.write_text("upn,page\n" * 100)
    assert "is not the journal of a run" == why_not(path)
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE user (upn TEXT)")
    other.close()
    assert "is not the journal of a run" == why_not(path)
    path.write_bytes(b"")
    assert "the run died before it began; start it again without --resume" == why_not(path)


def test_a_journal_of_another_version(tmp_path: Path):
    """Another schema is named, and which one is read."""
    journal(tmp_path).close()
    changed = sqlite3.connect(tmp_path / JOURNAL)
    changed.execute("PRAGMA user_version = 9")
    changed.close()
    assert "has schema 9; this version reads 2: use the version that began the run" == why_not(tmp_path / JOURNAL)


def test_a_damaged_journal(tmp_path: Path):
    """A file that was overwritten in its middle is refused."""
    journal(tmp_path, 500).close()
    content = bytearray((tmp_path / JOURNAL).read_bytes())
    content[100 : len(content) // 2] = b"\xff" * (len(content) // 2 - 100)
    (tmp_path / JOURNAL).write_bytes(content)
    assert "is damaged" in why_not(tmp_path / JOURNAL)


def test_two_processes_at_once(tmp_path: Path):
    """While a run is open, it cannot be opened again; after that it can."""
    with journal(tmp_path):
        assert "another process is working on this run; wait until it ends, or end it" == why_not(tmp_path / JOURNAL)
    resumed(tmp_path).close()


def test_a_folder_that_cannot_be_written(tmp_path: Path):
    """A run does not begin where its journal cannot be created, and never overwrites one."""
    for path in (tmp_path / "nowhere" / JOURNAL, tmp_path):
        with pytest.raises(InputError, match="expected a folder that can be written"):
            Journal.create(path, rows(1), {}, Depth.QUICK, Redactor())
    journal(tmp_path).close()
    with pytest.raises(InputError, match="File exists"):
        journal(tmp_path)


def test_a_list_that_is_not_one_leaves_nothing(tmp_path: Path):
    """If a journal cannot be filled, no half of it is left."""
    with pytest.raises(sqlite3.IntegrityError):
        Journal.create(tmp_path / JOURNAL, rows(1) * 2, {}, Depth.QUICK, Redactor())
    assert [] == list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="permissions of files are those of POSIX")
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o666, 0o555), (0o000, 0o755)])
def test_a_read_only_journal(file: int, folder: int):
    """A read-only file or folder is said in one line, and nothing of the run changes."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "run"
        place.mkdir()
        with journal(place) as kept:
            kept.lease("a")
        before = (place / JOURNAL).read_bytes()
        Path(name).chmod(0o755)
        (place / JOURNAL).chmod(file)
        place.chmod(folder)
        script = [sys.executable, "-c", _RESUME_AS_NOBODY, str(place / JOURNAL)]
        said = subprocess.run(script, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
        place.chmod(0o755)
        assert [True] == [line.endswith("that can be written") for line in said], said
        assert before == (place / JOURNAL).read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are those of POSIX")
def test_a_disk_without_room(tmp_path: Path):
    """What does not fit ends the run in one line; what was finished before is there, and the rest waits."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    script = [sys.executable, "-c", _FILL, str(tmp_path)]
    said = subprocess.run(script, capture_output=True, text=True, check=True, env=environment).stdout.splitlines()
    assert [str(tmp_path / JOURNAL)] == [line.partition(":")[0] for line in said]
    with resumed(tmp_path) as kept:
        assert [upn(1)] == [found.upn for found in kept.results()]
        assert [2, 0, 1, 0] == list(kept.counts().values())


def test_a_full_disk(tmp_path: Path):
    """SQLite's own report of a full disk ends the run, and the lease is still open when there is room again."""
    with journal(tmp_path) as kept:
        lease = kept.lease("a")
        pages = kept._file.rows("PRAGMA page_count")[0][0]
        kept._file.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CannotWrite, match="the disk is full"):
            kept.finish(upn(1), lease.fence, result(1, name="x" * 100_000))
        kept._file.rows("PRAGMA max_page_count = 100000")
        assert kept.finish(upn(1), lease.fence, result(1))


def test_a_folder_that_is_gone(tmp_path: Path):
    """Results are not written into a file that nobody can find any more."""
    place = tmp_path / "run"
    place.mkdir()
    with journal(place) as kept:
        lease = kept.lease("a")
        shutil.rmtree(place)
        with pytest.raises(CannotWrite, match="No such file"):
            kept.finish(upn(1), lease.fence, result(1))
        place.mkdir()
        journal(place).close()
        with pytest.raises(CannotWrite, match="was replaced"):
            kept.finish(upn(1), lease.fence, result(1))


def test_closing_lets_go_of_the_file(tmp_path: Path):
    """A file that could not be opened is not kept open."""
    journal(tmp_path).close()
    changed = sqlite3.connect(tmp_path / JOURNAL)
    changed.execute("PRAGMA user_version = 9")
    with pytest.raises(InputError):
        JournalFile(tmp_path / JOURNAL)
    changed.execute("PRAGMA user_version = 2")
    changed.close()
    resumed(tmp_path).close()

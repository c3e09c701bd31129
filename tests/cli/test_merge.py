"""`troubleshooter merge`: what it writes, prints and exits with."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from troubleshooter.batch.results import read_results, read_summary
from troubleshooter.cli import app
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.batch_records import EndedBy

from ..batch.made import result, upn
from ..batch.stored import evidence, own_run, stored


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Return a folder with two parts of a list, in which everybody is in sync."""
    for number in (1, 2):
        folder = tmp_path / "in" / f"shard-{number}"
        run, shot = own_run(folder, "own", str(number)), evidence(folder, b"picture %d" % number)
        stored(folder, [result(number, run=run, copy_shot=shot)], shard=f"{number}/2")
    return tmp_path / "in"


def merge(*args: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["merge", *map(str, args)])


def test_a_whole_list_in_sync(parts: Path, tmp_path: Path):
    """The joined folder has what a run has, sealed; the path is printed; the exit code is 0."""
    out = tmp_path / "merged"
    done = merge(parts / "shard-2", parts / "shard-1", "--out", out)
    assert (0, f"{out / 'index.html'}\n") == (done.exit_code, done.stdout)
    assert "In sync: 2 of 2 users" in done.stderr
    assert [upn(1), upn(2)] == [one.upn for one in read_results(out)]
    summary = read_summary(out)
    assert ("merged", 2, None) == (summary.id, summary.total, summary.shard)
    folder = RunFolder(out)
    assert folder.sealed() == folder.digests()
    assert {"results.jsonl", "summary.json", "runs/own/index.html", "runs/own-2/index.html"} <= folder.digests().keys()


def test_json_is_the_summary(parts: Path, tmp_path: Path):
    """With --json stdout is one line, the summary."""
    done = merge(parts, "--out", tmp_path / "merged", "--json")
    assert json.loads((tmp_path / "merged" / "summary.json").read_text()) == json.loads(done.stdout)
    assert 1 == done.stdout.count("\n")


@pytest.mark.parametrize(
    ("verdict", "fields", "code", "said"),
    [
        ("out-of-sync", {}, 1, "out of sync: 1"),
        ("out-of-sync", {"accepted": True}, 0, "Accepted as known: 1."),
        ("inconclusive", {}, 4, "could not be determined: 1"),
    ],
)
def test_exit_codes(tmp_path: Path, verdict: str, fields: dict[str, bool], code: int, said: str):
    """The exit code is that of all parts together."""
    stored(tmp_path / "1", [result(1)], shard="1/2")
    stored(tmp_path / "2", [result(2, verdict, **fields)], shard="2/2")
    done = merge(tmp_path, "--out", tmp_path / "merged")
    assert (code, True) == (done.exit_code, said in done.stderr), done.stderr


def test_nobody_let_in(tmp_path: Path):
    """Where no part was let in, the exit code is 3."""
    for number in (1, 2):
        stored(tmp_path / str(number), [], shard=f"{number}/2", total=5, ended_by=EndedBy.NOT_LET_IN)
    assert 3 == merge(tmp_path, "--out", tmp_path / "merged").exit_code


def test_a_missing_part_is_named(parts: Path, tmp_path: Path):
    """A part that is not there is printed, and the exit code is 4; a difference in the others comes first."""
    done = merge(parts / "shard-1", "--out", tmp_path / "merged")
    assert (4, True) == (done.exit_code, "troubleshooter: missing: shard 2/2\n" in done.stderr)
    stored(tmp_path / "bad", [result(1, "no-photo")], shard="1/2")
    assert 1 == merge(tmp_path / "bad", "--out", tmp_path / "merged-2").exit_code


def test_many_missing_users_are_counted(tmp_path: Path):
    """Not more than twenty lines are printed."""
    for n in range(1, 31):
        stored(tmp_path / str(n), [result(n)], shard=f"{n}/100")
    done = merge(tmp_path, "--out", tmp_path / "merged")
    assert (20, True) == (done.stderr.count("missing: "), "… and 50 more" in done.stderr)


def test_a_changed_file_is_named(parts: Path, tmp_path: Path):
    """A file that is not as its run left it is printed, and the exit code is 4 instead of 0."""
    picture = next((parts / "shard-1" / "evidence").iterdir())
    picture.write_bytes(b"another picture")
    done = merge(parts, "--out", tmp_path / "merged")
    assert (4, True) == (done.exit_code, f"{picture} was changed after the check" in done.stderr)


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_a_folder_that_is_taken(taken: str, parts: Path, tmp_path: Path):
    """Nothing is overwritten: exit code 2; an empty folder may be used."""
    out = tmp_path / "merged"
    if taken == "file":
        out.write_text("x")
    else:
        out.mkdir()
        (out / "x").write_text("x")
    done = merge(parts, "--out", out)
    assert (2, "", True) == (done.exit_code, done.stdout, "is not empty" in done.stderr)
    (tmp_path / "empty").mkdir()
    assert 0 == merge(parts, "--out", tmp_path / "empty").exit_code


def test_wrong_input_leaves_nothing(parts: Path, tmp_path: Path):
    """Parts that do not belong together, or lead elsewhere, are refused before anything is written."""
    stored(parts / "other", [result(9)], shard="1/7")
    assert 2 == merge(parts, "--out", tmp_path / "merged").exit_code
    stored(tmp_path / "stray", [result(1, run="../../x")])
    assert 2 == merge(tmp_path / "stray", "--out", tmp_path / "merged").exit_code
    assert not (tmp_path / "merged").exists()


def test_a_failure_leaves_nothing(parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """If the disk is full, no half of the folder is left: exit code 4, one line."""
    write = Path.write_bytes

    def written(path: Path, data: bytes) -> int:
        if "summary.json" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", written)
    done = merge(parts, "--out", tmp_path / "merged")
    assert (4, "", 1) == (done.exit_code, done.stdout, done.stderr.count("\n"))
    assert "summary.json: No space left on device" in done.stderr
    assert not (tmp_path / "merged").exists()

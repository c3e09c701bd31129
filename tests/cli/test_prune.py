"""`prune` lists old runs, deletes them only with `--yes`, and touches nothing that is not the folder of a run."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from troubleshooter.cli import app

from ..batch.made import result
from ..batch.stored import stored
from ..diagnose.records import CARD, record, stale
from ..evidence.sealed_runs import sealed_run

NOW = datetime.now(UTC).replace(microsecond=0)
OLD, NEW = NOW - timedelta(days=40), NOW - timedelta(days=20)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Return a folder of reports with two old runs, one of them in sync, a new one, and a file."""
    folder = tmp_path / "reports"
    sealed_run(folder, at=OLD)
    sealed_run(folder, stale(CARD), at=OLD)
    sealed_run(folder, at=NEW)
    (folder / "README.md").write_text("Reports")
    return folder


def give(reports: Path, *args: object) -> Result:
    return CliRunner().invoke(app, ["prune", str(reports), "--older-than", "30d", *map(str, args)])


def names(reports: Path) -> list[str]:
    return sorted(path.name for path in reports.iterdir())


def name(at: datetime, number: str = "") -> str:
    return f"{at:%Y%m%dT%H%M%SZ}-photo-differs{number}"


def test_runs_are_listed_and_nothing_is_deleted(reports):
    """With folder, size and verdict; the newer run is not among them."""
    before = sorted(reports.rglob("*"))
    done = give(reports)
    first, second, last = done.stdout.splitlines()
    assert 0 == done.exit_code
    assert [str(reports / name(OLD)), "in-sync"] == [first.split()[0], first.split()[3]]
    assert [str(reports / name(OLD, "-2")), "out-of-sync"] == [second.split()[0], second.split()[3]]
    assert "0.0 MB" in first
    assert "2 runs, 0.0 MB, would be deleted. Nothing is deleted without --yes." == last
    assert before == sorted(reports.rglob("*"))


def test_they_are_deleted_with_yes(reports):
    """With the forms beside them, and nothing else."""
    (reports / f"{name(OLD)}.pdf").write_bytes(b"%PDF")
    (reports / f"{name(NEW)}.pdf").write_bytes(b"%PDF")
    done = give(reports, "--yes")
    assert (0, "Deleted 2 runs, 0.0 MB.") == (done.exit_code, done.stdout.splitlines()[-1])
    assert sorted([name(NEW), f"{name(NEW)}.pdf", "README.md"]) == names(reports)
    assert "0 runs, 0.0 MB, would be deleted." == give(reports).stdout.strip()


def test_runs_with_a_verdict_are_kept(reports):
    """Also a run of many users of whom one has it."""
    old = {"started": OLD, "ended": OLD}
    stored(reports / "old-good", [result(1)], counts={"in-sync": 1}, **old)
    stored(reports / "old-bad", [result(1)], counts={"in-sync": 8, "out-of-sync": 1}, **old)
    give(reports, "--yes", "--keep", "out-of-sync")
    assert sorted([name(OLD, "-2"), name(NEW), "old-bad", "README.md"]) == names(reports)


def test_the_age_counts_from_the_end(reports):
    """A run that began long ago and ended lately is new; one that died is, while something is written."""
    stored(reports / "long", [result(1)], started=OLD, ended=NEW)
    died = sealed_run(reports, at=OLD)
    died.write_record(record(id=died.path.name, started=OLD, finished=None, sightings=(), reference=None))
    assert (died.path.name in give(reports).stdout, "long" in give(reports).stdout) == (False, False)
    for path in died.path.rglob("*"):
        os.utime(path, (OLD.timestamp(), OLD.timestamp()))
    assert died.path.name in give(reports).stdout


def test_other_folders_are_left_alone(reports, tmp_path):
    """One without a record, one with a broken record, a run that was renamed, and a run inside another folder."""
    (reports / name(OLD, "-3")).mkdir()
    (reports / "broken").mkdir()
    (reports / "broken" / "record.json").write_text('{"id": "broken"}')
    (reports / name(OLD)).rename(reports / "case 17")
    (reports / "archive").mkdir()
    (reports / name(OLD, "-2")).rename(reports / "archive" / name(OLD, "-2"))
    before = sorted(tmp_path.rglob("*"))
    assert "Deleted 0 runs, 0.0 MB." == give(reports, "--yes").stdout.strip()
    assert before == sorted(tmp_path.rglob("*"))


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_are_not_followed(reports, tmp_path):
    """A link to a run is no run, a link to a record is no record, and what a link inside a run leads to stays."""
    outside = tmp_path / "outside"
    shutil.move(reports / name(OLD, "-2"), outside / name(OLD, "-2"))
    (reports / name(OLD, "-2")).symlink_to(outside / name(OLD, "-2"), target_is_directory=True)
    (reports / "linked").mkdir()
    (reports / "linked" / "record.json").symlink_to(outside / name(OLD, "-2") / "record.json")
    (reports / name(OLD) / "elsewhere").symlink_to(outside, target_is_directory=True)
    done = give(reports, "--yes")
    assert "Deleted 1 run, 0.0 MB." == done.stdout.splitlines()[-1]
    assert sorted([name(OLD, "-2"), name(NEW), "README.md", "linked"]) == names(reports)
    assert (outside / name(OLD, "-2") / "record.json").is_file()


def test_the_folder_of_a_run_is_not_one_of_reports(tmp_path):
    """The users' own runs in a run of many belong to it; exit code 2."""
    folder = stored(tmp_path / "run", [result(1)], started=OLD, ended=OLD)
    (folder / "runs").mkdir()
    for given in (folder, folder / "runs"):
        done = give(given, "--yes")
        assert (2, True) == (done.exit_code, "belongs to the run in" in done.stderr)


WRONG = {
    "--older-than: 'soon' is not a valid duration": ["--older-than", "soon"],
    "--keep: no verdict 'bad'; allowed: in-sync": ["--older-than", "1d", "--keep", "bad"],
    "DIR: nowhere: No such file": ["nowhere", "--older-than", "1d"],
}


@pytest.mark.parametrize("why", WRONG)
def test_wrong_input_deletes_nothing(reports, monkeypatch, why):
    """One line, exit code 2."""
    monkeypatch.chdir(reports.parent)
    before = names(reports)
    done = CliRunner().invoke(app, ["prune", "--yes", *WRONG[why]])
    assert (2, True) == (done.exit_code, why in done.stderr)
    assert before == names(reports)

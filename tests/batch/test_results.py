"""results.jsonl and summary.json have the names that others rely on, and are read back as they were written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from troubleshooter.batch.results import read_results, read_summary, summary_of, write_results, write_summary
from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.model.batch_records import Acceptance, ChangedSince
from troubleshooter.model.message import message
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret

from .made import result, upn
from .stored import stored, summary

EXPIRED = Acceptance(reason="moves", until=date(2026, 11, 1), expired=True)
RESULTS = [
    result(1, requests=3),
    result(2, "out-of-sync", causes=("C1", "C4"), requests=4, changed=ChangedSince.NEW, flaky=True),
    result(3, "out-of-sync", causes=("C12",), accepted=True, changed=ChangedSince.ACCEPTED),
    result(4, "no-photo", causes=("C4",), acceptance=EXPIRED, changed=ChangedSince.STILL),
    result(5, "inconclusive", changed=ChangedSince.NEW),
    result(6, "out-of-sync", causes=("C1",), changed=ChangedSince.CHANGED),
    result(7, changed=ChangedSince.FIXED),
]


def test_results_are_lines_in_the_lists_order(tmp_path: Path):
    """Each line is an object with the names that the contract gives, and is read back as the same result."""
    write_results(tmp_path, RESULTS, Redactor())
    lines = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [upn(n) for n in range(1, 8)] == [line["upn"] for line in lines]
    named = {"upn", "verdict", "reason", "causes", "depth", "accepted", "flaky", "run"}
    assert all(named <= line.keys() for line in lines)
    assert ("out-of-sync", None, ["C1", "C4"], "quick", False, True, None) == tuple(
        lines[1][name] for name in ("verdict", "reason", "causes", "depth", "accepted", "flaky", "run")
    )
    assert "no-reference" == lines[4]["reason"]
    assert RESULTS == list(read_results(tmp_path))


def test_a_summary_sums_up(tmp_path: Path):
    """Every verdict has its number, causes count the first of each user, and changes are counted."""
    found = summary_of(RESULTS, summary(total=9))
    assert {"in-sync": 2, "out-of-sync": 3, "no-photo": 1, "inconclusive": 1, "stopped": 0} == found.counts
    assert [("C1", 2), ("C4", 1), ("C12", 1)] == list(found.causes.items())
    assert {"new": 2, "fixed": 1, "still": 1, "changed": 1, "accepted": 1, "unclear": 1} == dict(found.changed)
    assert (1, (upn(4),), 1, 7, 9) == (found.accepted, found.expired, found.flaky, found.requests, found.total)


def test_a_summary_is_one_object(tmp_path: Path):
    """The file has the names that the contract gives, and is read back as the same summary."""
    found = summary_of(RESULTS, summary(total=7, shard="3/10"))
    write_summary(tmp_path, found, Redactor())
    said = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    named = {"schema", "tenant", "started", "ended", "ended_by", "counts", "causes", "changed", "requests", "shard"}
    assert named | {"missing"} <= said.keys()
    assert (1, "done", "3/10", "2026-11-26T12:00:00.000Z") == tuple(
        said[name] for name in ("schema", "ended_by", "shard", "started")
    )
    assert {"new": 2, "fixed": 1, "still": 1, "accepted": 1}.items() <= said["changed"].items()
    assert found == read_summary(tmp_path)


def test_no_results_are_a_summary_too():
    """A run without users has zeros."""
    assert {0} == set(summary_of([], summary()).counts.values())


def test_no_secret_is_written(tmp_path: Path):
    """Results and summaries are redacted; names of files are not touched."""
    redactor = Redactor()
    redactor.learn(Secret("hunter2-hunter2"))
    said = message("The page says {what}.", what="hunter2-hunter2")
    write_results(tmp_path, [result(1, note=said, run="runs/hunter2-hunter2")], redactor)
    write_summary(tmp_path, summary(ticket="hunter2-hunter2"), redactor)
    line = (tmp_path / "results.jsonl").read_text(encoding="utf-8")
    assert ("•••", "runs/hunter2-hunter2") == (json.loads(line)["note"]["args"]["what"], json.loads(line)["run"])
    assert "•••" == read_summary(tmp_path).ticket


def test_only_the_user_may_read_them(tmp_path: Path):
    """The files are readable by whoever made the run, and nobody else."""
    stored(tmp_path / "run", RESULTS)
    assert {0o600} == {path.stat().st_mode & 0o777 for path in (tmp_path / "run").iterdir()}


def test_a_folder_that_is_gone(tmp_path: Path):
    """What cannot be written is named."""
    with pytest.raises(CannotWrite, match=r"results\.jsonl: No such file"):
        write_results(tmp_path / "nowhere", RESULTS, Redactor())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"number": 1}\n', r"results\.jsonl: line 1: is not a user's result: upn: Field required"),
        ("{}\n\n[]\n", "line 1"),
        ("x" * 1_000_001, "line 1: more than 1 MB"),
        ("\xff", "line 1: is not a user's result"),
    ],
)
def test_results_that_are_not(content: str, why: str, tmp_path: Path):
    """A line that is not a result is refused by its number."""
    (tmp_path / "results.jsonl").write_text(content, encoding="latin-1")
    with pytest.raises(InputError, match=why):
        list(read_results(tmp_path))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[]", "is not the summary of a run of many users"),
        ("{", "is not the summary"),
        ('{"schema": 2}', "was written by a newer version .schema 2; this one reads up to 1.; use that version"),
        ('{"schema": 1, "id": "a"}', "tenant: Field required"),
    ],
)
def test_summaries_that_are_not(content: str, why: str, tmp_path: Path):
    """A file that is not a summary, or one of a newer version, is refused in one line."""
    (tmp_path / "summary.json").write_text(content)
    with pytest.raises(InputError, match=why):
        read_summary(tmp_path)


def test_files_that_are_missing(tmp_path: Path):
    """A folder without them is not the folder of a run."""
    with pytest.raises(InputError, match="expected the summary of a run of many users"):
        read_summary(tmp_path)
    with pytest.raises(InputError, match="expected the results of a run of many users"):
        list(read_results(tmp_path))

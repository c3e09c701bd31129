"""Users who are checked again keep their results until there are newer ones; nothing of the first check is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from troubleshooter.batch.full_check import run_folder, session_name
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.stored_run import read_run
from troubleshooter.model.batch_records import Depth, EndedBy

from .made import journal, result, resumed, upn


def finish(kept: Journal, **verdicts: str) -> None:
    """Finish everybody who waits, as `u1="in-sync"` says; nobody waits afterwards."""
    while lease := kept.lease("worker"):
        number = lease.row.number
        assert kept.finish(upn(number), lease.fence, result(number, verdicts[f"u{number}"], depth=lease.depth))


def verdicts(kept: Journal) -> list[str]:
    """Return the verdicts that count."""
    return [found.verdict.value for found in kept.results()]


def again(kept: Journal) -> None:
    """Check everybody again who is not in sync."""
    kept.repeats.begin([found for found in kept.results() if found.verdict != "in-sync"])


def test_the_newest_result_counts(tmp_path: Path):
    """Who was not in sync waits; the earlier result counts until the newer one is there."""
    with journal(tmp_path, 3, Depth.FULL) as kept:
        finish(kept, u1="in-sync", u2="out-of-sync", u3="no-photo")
        assert 1 == kept.repeats.checks()
        again(kept)
        assert ["in-sync", "out-of-sync", "no-photo"] == verdicts(kept)
        assert {(None, Depth.FULL): 2} == kept.waiting()
        lease = kept.lease("worker")
        assert (upn(2), 1) == (lease.row.upn, lease.checked)
        kept.finish(upn(2), lease.fence, result(2, depth=Depth.FULL))
        assert ["in-sync", "in-sync", "no-photo"] == verdicts(kept)
        assert 2 == kept.repeats.checks()


def test_the_first_result_is_kept(tmp_path: Path):
    """However often users are checked, what they are compared with is the first result, also after a restart."""
    with journal(tmp_path, 3) as kept:
        finish(kept, u1="in-sync", u2="out-of-sync", u3="no-photo")
        again(kept)
        finish(kept, u2="inconclusive", u3="in-sync")
        again(kept)
    with resumed(tmp_path) as kept:
        finish(kept, u2="in-sync")
        assert [(upn(2), "out-of-sync"), (upn(3), "no-photo")] == [(x.upn, x.verdict) for x in kept.repeats.first()]
        assert (["in-sync"] * 3, 3) == (verdicts(kept), kept.repeats.checks())


def test_each_check_is_a_period(tmp_path: Path):
    """The period that ended is done; one whose process died stays without an end."""
    journal(tmp_path, 1).close()
    with resumed(tmp_path) as kept:
        finish(kept, u1="out-of-sync")
        again(kept)
        kept.end(EndedBy.DEADLINE)
        rows = kept._file.rows("SELECT ended IS NULL, ended_by FROM period ORDER BY id")
    assert [(1, None), (0, "done"), (0, "deadline")] == rows


def test_a_user_who_is_not_done_is_a_defect(tmp_path: Path):
    """Nobody who waits, or was set aside, is checked again; nothing has changed then."""
    with journal(tmp_path, 2) as kept:
        lease = kept.lease("worker")
        kept.finish(upn(1), lease.fence, result(1, "out-of-sync"))
        with pytest.raises(ValueError, match="user2"):
            kept.repeats.begin([result(1), result(2)])
        assert (["out-of-sync"], 1) == (verdicts(kept), kept.repeats.checks())


def test_who_waits_to_be_checked_again_is_not_missing(tmp_path: Path):
    """A run that died in a later check is read from its journal with the results of the check before."""
    with journal(tmp_path, 2) as kept:
        finish(kept, u1="in-sync", u2="out-of-sync")
        again(kept)
    started = "2026-11-26T12:00:00Z"
    text = f'{{"schema": 1, "id": "run", "tenant": "Contoso", "started": "{started}", "total": 2}}'
    (tmp_path / "summary.json").write_text(text, encoding="utf-8")
    found = read_run(tmp_path)
    assert (["in-sync", "out-of-sync"], ()) == ([one.verdict for one in found.results], found.unfinished)


def test_each_check_has_a_folder_and_a_session_of_its_own(tmp_path: Path):
    """The evidence of the first check stays; who signs in for one user has a session for each lease."""
    with journal(tmp_path, 1, Depth.FULL) as kept:
        first = kept.lease("worker")
    later = replace(first, checked=1)
    names = {"runs/00001-user1", "runs/00001-user1-check-2", "runs/00001-user1-check-2-2"}
    assert names == {run_folder(first), run_folder(later), run_folder(replace(later, crashes=1))}
    assert session_name(first) != session_name(replace(first, fence=first.fence + 1))

"""The journal decides who is checked next, keeps what was found, and refuses who is late."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import APPLICATION_ID, JOURNAL, JOURNAL_SCHEMA, UserState
from troubleshooter.batch.leases import Finished
from troubleshooter.batch.user_row import UserRow
from troubleshooter.model.batch_records import Depth, EndedBy
from troubleshooter.model.message import message
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret

from .made import NOON, journal, result, resumed, rows, upn

ROOT = Path(__file__).parents[2]


def counted(kept: Journal) -> list[int]:
    """Return how many users wait, are leased, are done, are set aside."""
    return list(kept.counts().values())


def test_users_are_leased_in_the_lists_order(tmp_path: Path):
    """Each waiting user is given to one worker, and nobody waits at the end."""
    with journal(tmp_path) as kept:
        leased = [kept.lease(worker) for worker in ("a", "b", "c")]
        assert [(1, upn(1)), (2, upn(2)), (3, upn(3))] == [(lease.row.number, lease.row.upn) for lease in leased]
        assert [1, 2, 3] == [lease.fence for lease in leased]
        assert kept.lease("d") is None
        assert [0, 3, 0, 0] == counted(kept)


def test_what_was_given_is_kept(tmp_path: Path):
    """The users, the inputs and the beginning of the run are those that it was given."""
    users = [UserRow(number=1, line=4, upn=upn(1), pages=("https://a.b/c",), changed_at=NOON, account="ana")]
    with Journal.create(tmp_path / JOURNAL, users, {"lang": "ro"}, Depth.QUICK, Redactor()) as kept:
        began = kept.created()
    with resumed(tmp_path) as kept:
        assert (tuple(users), {"lang": "ro"}, began) == (kept.users(), kept.inputs(), kept.created())


def test_a_result_ends_the_lease(tmp_path: Path):
    """A finished user has a result with the list's number and fingerprint, and is not leased again."""
    with journal(tmp_path) as kept:
        lease = kept.lease("a")
        assert kept.finish(upn(1), lease.fence, result(1).model_copy(update={"number": 99}))
        assert [2, 0, 1, 0] == counted(kept)
        assert [result(1, asked=rows(1)[0].fingerprint)] == list(kept.results())
        assert [upn(2), upn(3)] == [lease.row.upn for lease in kept.lease_some(9, "a")]


def test_results_come_in_the_lists_order(tmp_path: Path):
    """In whatever order users were finished, their results are in the order of the list."""
    with journal(tmp_path, 1200) as kept:
        leases = kept.lease_some(1200, "a")
        done = [Finished(x.row.upn, x.fence, result(x.row.number)) for x in reversed(leases)]
        assert frozenset() == kept.finish_all(done)
        assert list(range(1, 1201)) == [found.number for found in kept.results()]


def test_a_late_worker_is_refused(tmp_path: Path):
    """Whoever comes with the fence of an earlier lease changes nothing; the holder of the current one does."""
    with journal(tmp_path) as kept:
        early = kept.lease("a").fence
        assert 1 == kept.release_all_leases()
        late = kept.lease("b").fence
        assert late > early
        for what in (kept.finish, kept.look_closer):
            assert not what(upn(1), early, result(1, "out-of-sync"))
        assert not kept.give_back(upn(1), early)
        assert kept.crashed(upn(1), early, result(1)) is None
        assert not kept.finish(upn(2), late, result(2))
        assert [2, 1, 0, 0] == counted(kept)
        assert kept.finish(upn(1), late, result(1))
        assert not kept.finish(upn(1), late, result(1, "out-of-sync"))
        assert ["in-sync"] == [found.verdict for found in kept.results()]


def test_one_late_worker_does_not_hold_up_others(tmp_path: Path):
    """Of several results in one transaction, only the late one is refused."""
    with journal(tmp_path) as kept:
        one, two, _ = kept.lease_some(3, "a")
        kept.give_back(upn(2), two.fence)
        done = [Finished(upn(1), one.fence, result(1)), Finished(upn(2), two.fence, result(2))]
        assert {upn(2)} == kept.finish_all(done)
        assert [upn(1)] == [found.upn for found in kept.results()]


def test_a_result_of_another_user_is_a_defect(tmp_path: Path):
    """A result is stored for the user of the lease, or not at all."""
    with journal(tmp_path) as kept:
        fence = kept.lease("a").fence
        with pytest.raises(ValueError, match="a result of user2"):
            kept.finish(upn(1), fence, result(2))
        assert [2, 1, 0, 0] == counted(kept)


def test_a_user_given_back_waits_behind_the_others(tmp_path: Path):
    """Giving back is no attempt, and lets others go first."""
    with journal(tmp_path) as kept:
        assert kept.give_back(upn(1), kept.lease("a").fence)
        assert [upn(2), upn(3), upn(1)] == [lease.row.upn for lease in kept.lease_some(9, "a")]
        assert kept.finish(upn(1), 4, result(1))
        assert 1 == next(kept.results()).attempts


def test_a_second_crash_sets_a_user_aside(tmp_path: Path):
    """After the first crash a user is checked again; after the second never, not even when the run is resumed."""
    with journal(tmp_path, 1) as kept:
        first = kept.lease("a")
        assert UserState.WAITING is kept.crashed(upn(1), first.fence, result(1, "inconclusive", run="runs/1"))
        second = kept.lease("a")
        assert (0, 1) == (first.crashes, second.crashes)
        assert UserState.SET_ASIDE is kept.crashed(upn(1), second.fence, result(1, "inconclusive", run="runs/2"))
    with resumed(tmp_path) as kept:
        assert kept.lease("a") is None
        assert [0, 0, 0, 1] == counted(kept)
        aside = next(kept.results())
        assert (True, "runs/2", 2) == (aside.set_aside, aside.run, aside.attempts)


def test_one_crash_does_not_set_a_user_aside(tmp_path: Path):
    """A user with whom the browser crashed once, and who was checked then, has that result."""
    with journal(tmp_path, 1) as kept:
        kept.crashed(upn(1), kept.lease("a").fence, result(1, "inconclusive"))
        kept.finish(upn(1), kept.lease("a").fence, result(1))
        found = next(kept.results())
        assert ("in-sync", False, 2) == (found.verdict, found.set_aside, found.attempts)


@pytest.mark.parametrize(
    ("quick", "full", "flaky"),
    [
        ("out-of-sync", "in-sync", True),
        ("out-of-sync", "no-photo", True),
        ("out-of-sync", "out-of-sync", False),
        ("inconclusive", "in-sync", False),
        ("out-of-sync", "inconclusive", False),
    ],
)
def test_a_full_check_counts(quick: str, full: str, flaky: bool, tmp_path: Path):
    """A user waits for a full check after a quick one; the full one counts, and disagreement is noted."""
    with journal(tmp_path, 2) as kept:
        fence = kept.lease("a", Depth.QUICK).fence
        assert kept.look_closer(upn(1), fence, result(1, quick, seconds=1.5, requests=2))
        assert {(None, Depth.QUICK): 1, (None, Depth.FULL): 1} == kept.waiting()
        assert [] == list(kept.results())
        lease = kept.lease("a", Depth.FULL)
        assert (upn(1), Depth.FULL) == (lease.row.upn, lease.depth)
        assert kept.finish(upn(1), lease.fence, result(1, full, depth=Depth.FULL, seconds=20, requests=30))
        found = next(kept.results())
        assert (full, flaky, 21.5, 32, "full") == (
            found.verdict,
            found.flaky,
            found.seconds,
            found.requests,
            found.depth,
        )


def test_any_depth_begins_with_quick_checks(tmp_path: Path):
    """A worker for any depth gets those who wait for a quick check first."""
    with journal(tmp_path) as kept:
        kept.look_closer(upn(1), kept.lease("a").fence, result(1, "out-of-sync"))
        assert [upn(2), upn(3), upn(1)] == [lease.row.upn for lease in kept.lease_some(9, "a")]


def test_users_with_an_account_of_their_own(tmp_path: Path):
    """They are leased only for that account, and checked in full; others only without one."""
    users = [*rows(1), UserRow(number=2, line=3, upn=upn(2), account="ana")]
    with Journal.create(tmp_path / JOURNAL, users, {}, Depth.QUICK, Redactor()) as kept:
        assert {(None, Depth.QUICK): 1, ("ana", Depth.FULL): 1} == kept.waiting()
        assert [upn(1)] == [lease.row.upn for lease in kept.lease_some(9, "a")]
        assert kept.lease("a", account="bob") is None
        assert upn(2) == kept.lease("a", account="ana").row.upn


def test_resuming_releases_leases_and_keeps_the_rest(tmp_path: Path):
    """Users who were being checked wait again; what is done stays done; fences go on growing."""
    with journal(tmp_path) as kept:
        one, two = kept.lease_some(2, "a")
        kept.finish(upn(1), one.fence, result(1))
        kept.throttled(3)
    with resumed(tmp_path) as kept:
        assert [2, 0, 1, 0] == counted(kept)
        lease = kept.lease("b")
        assert (upn(2), True) == (lease.row.upn, lease.fence > two.fence)
        assert not kept.finish(upn(2), two.fence, result(2))
        kept.throttled()
        assert 4 == kept.times_throttled()


def test_why_each_period_ended_is_kept(tmp_path: Path):
    """The journal says why the run ended, for the first time and for each time that it was resumed."""
    with journal(tmp_path) as kept:
        kept.end(EndedBy.INTERRUPTED)
    resumed(tmp_path).close()
    with resumed(tmp_path) as kept:
        kept.end(EndedBy.DONE)
    found = sqlite3.connect(tmp_path / JOURNAL).execute("SELECT ended_by, ended IS NULL FROM period").fetchall()
    assert [("interrupted", 0), (None, 1), ("done", 0)] == found


def test_no_secret_is_kept(tmp_path: Path):
    """A result is redacted before it is stored; the same text without the secret is stored as it is."""
    redactor = Redactor()
    redactor.learn(Secret("hunter2-hunter2"))
    with Journal.create(tmp_path / JOURNAL, rows(2), {}, Depth.QUICK, redactor) as kept:
        for number, word in ((1, "hunter2-hunter2"), (2, "harmless")):
            said = result(number, note=message("The page says {what}.", what=word), name=word)
            kept.finish(upn(number), kept.lease("a").fence, said)
        assert ["•••", "harmless"] == [found.name for found in kept.results()]
    content = (tmp_path / JOURNAL).read_bytes()
    assert (False, True) == (b"hunter2" in content, b"harmless" in content)


def test_only_the_user_may_read_it(tmp_path: Path):
    """The file's permissions are its owner's alone."""
    journal(tmp_path).close()
    assert 0o600 == (tmp_path / JOURNAL).stat().st_mode & 0o777


def test_one_file_is_left(tmp_path: Path):
    """Once it is closed, everything is in one file."""
    with journal(tmp_path) as kept:
        kept.finish(upn(1), kept.lease("a").fence, result(1))
    assert [JOURNAL] == [path.name for path in tmp_path.iterdir()]


def test_every_transaction_is_on_the_disk(tmp_path: Path):
    """The settings on which the promise depends are in force."""
    with journal(tmp_path) as kept:
        said = [kept._file.rows(f"PRAGMA {name}")[0][0] for name in ("synchronous", "journal_mode", "locking_mode")]
    assert [2, "delete", "exclusive"] == said


def test_the_document_describes_the_tables(tmp_path: Path):
    """docs/journal.md has every table with every column, the version, and nothing else."""
    text = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    parts = re.split(r"^### `(\w+)`", text[text.index("## Tables") :], flags=re.MULTILINE)[1:]
    said = {
        name: re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) for name, part in zip(*[iter(parts)] * 2, strict=True)
    }
    journal(tmp_path).close()
    opened = sqlite3.connect(tmp_path / JOURNAL)
    tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    there = {
        name: [column[1] for column in opened.execute(f"PRAGMA table_info({name})")]
        for name in tables
        if not name.startswith("sqlite_")
    }
    assert there == said
    assert f"`application_id` {APPLICATION_ID}" in text
    assert f"`user_version` {JOURNAL_SCHEMA}" in text
    states = re.findall(r"^\| `([\w-]+)` \|", text[text.index("## States") : text.index("## Tables")], re.MULTILINE)
    assert [*UserState] == states

"""Whoever is not in sync is checked again, until everybody is, the deadline comes, or somebody ends it."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from troubleshooter.batch.acceptances import Acceptances, KnownDifference
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.batch.start import Begun
from troubleshooter.batch.verify import Ended
from troubleshooter.batch.watching import to_check_again, watched
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.batch_records import Depth, EndedBy
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.watch import Timer, Watch
from troubleshooter.tenant.sandbox import as_toml, sandbox, tenant_of

from .made import journal, result, resumed, rows, upn
from .verified import command, ran

SOON = Watch(timedelta(milliseconds=5), True, None)
STATE = {"cookies": [], "origins": []}


@dataclass
class Checks:
    """Checks that find what is planned, and remember whom they were about."""

    kept: Journal
    planned: list[str]
    """For each check the verdicts of those who wait, in order: `i` in sync, `o` out of sync, `u` undetermined."""
    by: EndedBy = EndedBy.DONE
    """How the last check ends."""
    seen: list[list[int]] = field(default_factory=list)
    before: list[object] = field(default_factory=list)

    async def __call__(self, before: Ended | None) -> Ended:
        self.before.append(before.sessions if before else None)
        self.seen.append([])
        for letter in self.planned[len(self.seen) - 1]:
            lease = self.kept.lease("worker")
            number, verdict = lease.row.number, {"i": "in-sync", "o": "out-of-sync", "u": "inconclusive"}[letter]
            self.seen[-1].append(number)
            found = result(number, verdict, depth=lease.depth, finished=datetime.now(UTC))
            assert self.kept.finish(upn(number), lease.fence, found)
        last = len(self.seen) == len(self.planned)
        return Ended(self.by if last else EndedBy.DONE, throttled=1, sessions={"helpdesk": STATE})


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Journal]:
    """Keep a journal of three users."""
    with journal(tmp_path, 3, Depth.FULL) as opened:
        yield opened


def begun(kept: Journal, *accepted: int) -> Begun:
    """Return a run with this journal, in which differences of some users are accepted."""
    until = datetime.now(UTC).date()
    known = {upn(n): (KnownDifference(line=2, upn=upn(n), reason="known", until=until),) for n in accepted}
    folder = RunFolder(kept._file.path.parent)
    return Begun(folder, kept, Redactor(), VerifyRequest(), {}, {}, False, Acceptances(known))


async def test_until_all_are_in_sync(kept: Journal):
    """Only those who are not in sync are checked again, in the sessions of the check before; then it ends."""
    checks, waits = Checks(kept, ["iou", "oi", "i"]), []
    ended = await watched(begun(kept), checks, SOON, Timer(), lambda due, users: waits.append(users))
    assert (EndedBy.DONE, 3) == (ended.by, ended.throttled)
    assert ([[1, 2, 3], [2, 3], [2]], [2, 1]) == (checks.seen, waits)
    assert [None, {"helpdesk": STATE}, {"helpdesk": STATE}] == checks.before


async def test_accepted_differences_are_not_checked_again(kept: Journal):
    """A difference that is accepted does not keep a watch going; one that is not does."""
    checks = Checks(kept, ["ioo", "i"])
    assert EndedBy.DONE is (await watched(begun(kept, 2), checks, SOON, Timer())).by
    assert [[1, 2, 3], [3]] == checks.seen


async def test_a_deadline_before_the_next_check_ends_it_at_once(kept: Journal):
    """Nobody waits for a check that would come after the deadline."""
    checks, waits = Checks(kept, ["iou"]), []
    watch = Watch(timedelta(hours=2), True, datetime.now(UTC) + timedelta(hours=1))
    ended = await watched(begun(kept), checks, watch, Timer(), lambda due, users: waits.append(due))
    assert (EndedBy.DEADLINE, []) == (ended.by, waits)


async def test_ctrl_c_ends_the_wait(kept: Journal):
    """It is said that the watch was interrupted; whoever is not in sync has the result of the last check."""
    timer = Timer()
    watch = Watch(timedelta(hours=2), True, None)
    ended = await watched(begun(kept), Checks(kept, ["iou"]), watch, timer, lambda due, users: timer.stop("SIGINT"))
    assert (EndedBy.INTERRUPTED, 3) == (ended.by, len([*kept.results()]))


@pytest.mark.parametrize("by", [EndedBy.INTERRUPTED, EndedBy.NOT_LET_IN, EndedBy.FAILURES, EndedBy.DEADLINE])
async def test_a_check_that_ended_early_is_the_last(by: EndedBy, kept: Journal):
    """Nothing is repeated after a password was refused, too many failures, Ctrl-C or the deadline."""
    checks = Checks(kept, ["io"], by)
    assert (by, 1) == ((await watched(begun(kept), checks, SOON, Timer())).by, len(checks.seen))


async def test_a_watch_is_continued_where_it_died(kept: Journal, tmp_path: Path):
    """Nobody is checked before the next check is due, and nobody who is in sync is checked at all."""
    timer = Timer()
    await watched(begun(kept), Checks(kept, ["iou"]), SOON, timer, lambda due, users: timer.stop("SIGTERM"))
    kept.close()
    with resumed(tmp_path) as later:
        checks, dues = Checks(later, ["io", "i"]), []
        ended = await watched(begun(later), checks, SOON, Timer(), lambda due, users: dues.append(users))
        assert (EndedBy.DONE, [[2, 3], [3]], [2, 1]) == (ended.by, checks.seen, dues)


def test_who_waits_for_a_person_is_left_alone(tmp_path: Path):
    """A user who was set aside, and one whose own account was not let in, are not checked again; others are."""
    users = rows(4)
    users[0:2] = [row.model_copy(update={"account": "ana"}) for row in users[0:2]]
    with Journal.create(tmp_path / JOURNAL, users, {}, Depth.FULL, Redactor()) as kept:
        for number, verdict in ((1, "stopped"), (2, "out-of-sync"), (3, "stopped")):
            lease = kept.lease("worker", account=users[number - 1].account)
            kept.finish(lease.row.upn, lease.fence, result(number, verdict, depth=Depth.FULL))
        for _ in range(2):
            kept.crashed(upn(4), kept.lease("worker").fence, result(4, "inconclusive"))
        assert [upn(2), upn(3)] == [found.upn for found in to_check_again(begun(kept))]


@pytest.mark.run
def test_a_watch_in_the_sandbox(tmp_path: Path):
    """The copy of a photo is old at first and renewed while the watch waits: one sign-in, and the report says fixed."""
    users, tenant = tmp_path / "users.csv", tmp_path / "tenant.toml"
    users.write_text("upn\nana.popescu@contoso.com\nstefan.tanase@contoso.com\n", encoding="utf-8")
    options = ["--tenant", str(tenant), "--as", "helpdesk", "--depth", "quick", "--no-confirm", "--workers", "1"]
    with sandbox("stale-copy") as box:
        tenant.write_text(as_toml(tenant_of(box)), encoding="utf-8")
        run = ["--run-dir", str(tmp_path / "run"), "--watch", "1s", "--deadline", "5m"]
        line, environment = command(str(users), *options, *run, password=box.password)
        with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            said = [next(text for text in process.stderr if "Next check after" in text)]
            box.set_fault("healthy")
            said += process.stderr
    assert 0 == process.returncode, said
    assert said[0].startswith("1 user is not in sync")
    assert any(text.startswith("Since the first check: 0 new, 1 fixed, 0 still") for text in said), said
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert (1, "done") == (summary["changed"]["fixed"], summary["ended_by"])
    assert 2 <= summary["checks"]
    assert "Since the first check" in (tmp_path / "run" / "index.html").read_text(encoding="utf-8")
    with resumed(tmp_path / "run") as kept:
        assert [("helpdesk", "passed")] == [(a.account, a.outcome) for a in kept.sign_ins.all()]


@pytest.mark.run
def test_ctrl_c_ends_a_watch_that_can_be_continued(tmp_path: Path):
    """The report is written at once; the continued watch waits for its turn, and checks only who was not in sync."""
    users, tenant, run = tmp_path / "users.csv", tmp_path / "tenant.toml", str(tmp_path / "run")
    users.write_text("upn\nana.popescu@contoso.com\nstefan.tanase@contoso.com\n", encoding="utf-8")
    options = ["--tenant", str(tenant), "--as", "helpdesk", "--depth", "quick", "--no-confirm", "--workers", "1"]
    with sandbox("stale-copy") as box:
        tenant.write_text(as_toml(tenant_of(box)), encoding="utf-8")
        line, environment = command(str(users), *options, "--run-dir", run, "--watch", "1h", password=box.password)
        with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            next(text for text in process.stderr if "Next check after" in text)
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
        assert 1 == process.returncode
        assert f"--resume {run} --watch 1h" in said
        assert (tmp_path / "run" / "index.html").is_file()
        box.set_fault("healthy")
        code, summary, _ = ran("--resume", run, "--watch", "1s", password=box.password)
    assert (0, "done", 1, []) == (code, summary["ended_by"], summary["changed"]["fixed"], summary["missing"])
    with resumed(tmp_path / "run") as kept:
        periods = kept._file.rows("SELECT ended_by FROM period WHERE ended_by IS NOT NULL ORDER BY id")
        assert [("interrupted",), ("done",), ("done",)] == periods
        leases = kept._file.rows("SELECT number, count(*) FROM lease GROUP BY number ORDER BY number")
        assert [(1, 2), (2, 1)] == leases

"""A process that works through a journal and says what it has done, so that it can be killed at any moment."""

from __future__ import annotations

import sys
from pathlib import Path

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.leases import Lease
from troubleshooter.model.batch_records import Depth

from .made import result, resumed, upn


def verdict_of(number: int) -> str:
    """Return what is planted for a user."""
    return "out-of-sync" if number % 10 == 3 else "in-sync"


def work(kept: Journal) -> None:
    """Sign in, unless that is on hold, and check everybody who waits."""
    if not kept.sign_ins.on_hold():
        attempt = kept.sign_ins.begin("helpdesk", f"session {len(kept.sign_ins.all()) + 1}")
        say("sent", attempt)
        kept.sign_ins.passed(attempt)
        say("passed", attempt)
    while lease := kept.lease("worker"):
        say("lease", lease.fence, lease.row.number)
        check(kept, lease)


def check(kept: Journal, lease: Lease) -> None:
    """Check one user; who is out of sync is checked twice, and some are given back once."""
    number, verdict = lease.row.number, verdict_of(lease.row.number)
    if number % 7 == 0 and lease.fence % 2:
        kept.give_back(upn(number), lease.fence)
    elif verdict == "out-of-sync" and lease.depth is Depth.QUICK:
        kept.look_closer(upn(number), lease.fence, result(number, verdict))
        say("quick", number)
    else:
        kept.finish(upn(number), lease.fence, result(number, verdict, depth=lease.depth))
        say("done", number)


def stop_halfway(kept: Journal) -> None:
    """Write half of a transaction to the file, and wait to be killed."""
    kept._file.rows("PRAGMA cache_size = 1")
    with kept._file.change() as change:
        change.execute("UPDATE user SET state = 'done', row = row || ?", (" " * 2000,))
        say("half")
        sys.stdin.read()


def say(*words: object) -> None:
    """Print a line at once."""
    print(*words, flush=True)  # noqa: T201


if __name__ == "__main__":
    with resumed(Path(sys.argv[1])) as opened:
        if sys.argv[2:]:
            stop_halfway(opened)
        work(opened)
        say("end")

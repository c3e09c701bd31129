"""Decides which user is checked next and what is done; whatever ends the process, nothing of that is lost.

A worker leases a user. The lease has a fence, a number that grows with each lease: whoever comes with the fence of an
earlier lease is late, and is refused. A result is in the journal before its lease ends, in the same transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from troubleshooter.batch import leases
from troubleshooter.batch.final_results import final
from troubleshooter.batch.journal_file import JournalFile
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.leases import Finished, Held, Lease
from troubleshooter.batch.listed_users import list_users
from troubleshooter.batch.repeats import Repeats
from troubleshooter.batch.sign_ins import SignIns
from troubleshooter.batch.user_row import UserRow
from troubleshooter.errors import InputError
from troubleshooter.evidence.redacted import for_file
from troubleshooter.model.batch_records import Depth, EndedBy, UserResult
from troubleshooter.model.scalars import rfc3339
from troubleshooter.redaction.redactor import Redactor

MOST_CRASHES = 2
"""Crashes of the browser with a user after which the user is set aside; the tables know it, too."""


_DIED = "the run died before it began; start it again without --resume"


def _now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """The journal of one run of many users. It belongs to one process, and to the thread that opened it."""

    def __init__(self, file: JournalFile, redactor: Redactor, clock: Callable[[], datetime] = _now) -> None:
        self._file = file
        self._redactor = redactor
        self._clock = clock
        self.sign_ins = SignIns(file, clock)
        self.repeats = Repeats(file, clock)

    @classmethod
    def create(
        cls, path: Path, rows: Iterable[UserRow], inputs: Mapping[str, Any], depth: Depth, redactor: Redactor
    ) -> Self:
        """Begin the journal of a run.

        Args:
            rows: the users; none if the list is still to be made from a page.
            inputs: what `--resume` needs to know of the command line, as JSON values, without secrets.
            depth: how closely users are checked; users with an account of their own are checked in full.

        Raises:
            InputError: it cannot be written.
        """
        journal = cls(JournalFile.new(path), redactor)
        try:
            with journal._beginning() as change:
                now, said = journal._time(), json.dumps(dict(inputs))
                change.execute("INSERT INTO run (id, created, inputs) VALUES (1, ?, ?)", (now, said))
                list_users(change, rows, depth)
        except BaseException:
            journal.close()
            path.unlink(missing_ok=True)
            raise
        return journal

    @classmethod
    def resume(cls, path: Path, redactor: Redactor) -> Self:
        """Continue the journal of a run: nobody has a lease any more, and what is done stays done.

        Raises:
            InputError: there is none, another process has it, it cannot be written, or it is not one of this version.
        """
        journal = cls(JournalFile(path), redactor)
        try:
            if journal._file.empty:
                raise InputError(str(path), _DIED)
            with journal._beginning() as change:
                leases.release_all(change, journal._time())
        except BaseException:
            journal.close()
            raise
        return journal

    @classmethod
    def inputs_of(cls, path: Path) -> dict[str, Any]:
        """Return what the run whose journal is at `path` was given when it began; nothing is written.

        Raises:
            InputError: there is none, another process has it, or it is not one of this version.
        """
        with cls(JournalFile(path), Redactor()) as journal:
            if journal._file.empty:
                raise InputError(str(path), _DIED)
            return journal.inputs()

    @contextmanager
    def _beginning(self) -> Iterator[sqlite3.Connection]:
        """Begin a period of the run; failures until its end are those of the input."""
        with self._file.change() as change:
            if self._file.empty:
                self._file.make_tables()
            change.execute("INSERT INTO period (started) VALUES (?)", (self._time(),))
            yield change
        self._file.run_begins()

    def _time(self) -> str:
        return rfc3339(self._clock())

    def inputs(self) -> dict[str, Any]:
        """Return what the run was given when it began."""
        found: dict[str, Any] = json.loads(self._file.rows("SELECT inputs FROM run")[0][0])
        return found

    def created(self) -> datetime:
        """Return when the run began."""
        return datetime.fromisoformat(self._file.rows("SELECT created FROM run")[0][0])

    def users(self) -> tuple[UserRow, ...]:
        """Return the users of the run, in the list's order."""
        rows = self._file.rows("SELECT row FROM user ORDER BY number")
        return tuple(UserRow.model_validate_json(row) for (row,) in rows)

    def add_users(self, rows: Iterable[UserRow], depth: Depth) -> None:
        """Write down the list, in one transaction, where the run began without one."""
        with self._file.change() as change:
            list_users(change, rows, depth)

    def lease(self, worker: str, depth: Depth | None = None, account: str | None = None) -> Lease | None:
        """Give the next waiting user to a worker; None if nobody waits.

        Args:
            depth: how closely the user is to be checked; None for any, the quick ones first.
            account: an account that rows of the list name; None for users who may be checked by any.
        """
        found = self.lease_some(1, worker, depth, account)
        return found[0] if found else None

    def lease_some(
        self, most: int, worker: str, depth: Depth | None = None, account: str | None = None
    ) -> tuple[Lease, ...]:
        """Give up to `most` waiting users to a worker, in one transaction; the other arguments are those of `lease`."""
        with self._file.change() as change:
            found, now = leases.waiting(change, most, depth, account), self._time()
            return tuple(leases.leased(change, row, worker, now) for row in found)

    def finish(self, upn: str, fence: int, result: UserResult) -> bool:
        """Write down the result of a lease, and end it; return False, and change nothing, if the worker is late."""
        return not self.finish_all([Finished(upn, fence, result)])

    def finish_all(self, finished: Iterable[Finished]) -> frozenset[str]:
        """Write down several results in one transaction; return the users whose worker was late."""
        late = set()
        with self._file.change() as change:
            for upn, fence, result in finished:
                if user := leases.held(change, upn, fence):
                    leases.keep(change, user, self._ready(user, result))
                    leases.end(change, user, "finished", self._time())
                else:
                    late.add(upn)
        return frozenset(late)

    def look_closer(self, upn: str, fence: int, quick: UserResult) -> bool:
        """Keep the result of a quick check, and let the user wait for a full one; False if the worker is late."""
        with self._file.change() as change:
            if user := leases.held(change, upn, fence):
                leases.keep(change, user, self._ready(user, quick))
                leases.end(change, user, "closer", self._time())
            return user is not None

    def give_back(self, upn: str, fence: int) -> bool:
        """Let a user wait again, behind the others, who was not checked: throttled, or interrupted.

        It does not count as an attempt. Returns False if the worker is late.
        """
        with self._file.change() as change:
            if user := leases.held(change, upn, fence):
                leases.end(change, user, "given-back", self._time())
            return user is not None

    def crashed(self, upn: str, fence: int, evidence: UserResult) -> UserState | None:
        """Write down that the browser crashed with a user.

        Args:
            evidence: the user's result if this was the second time, with what was seen until then.

        Returns:
            `waiting`, or `set-aside` after the second time; None if the worker is late.
        """
        with self._file.change() as change:
            user = leases.held(change, upn, fence)
            if user is None:
                return None
            aside = user.crashes + 1 >= MOST_CRASHES
            kept = self._ready(user, evidence.model_copy(update={"set_aside": aside}))
            values = (fence, user.row.number, kept.model_dump_json())
            change.execute("INSERT INTO crash (fence, number, result) VALUES (?, ?, ?)", values)
            leases.end(change, user, "crashed", self._time())
            return UserState.SET_ASIDE if aside else UserState.WAITING

    def _ready(self, user: Held, result: UserResult) -> UserResult:
        """Return a result as it is stored: redacted, and with what the list says about the user."""
        if result.upn.lower() != user.row.upn:
            raise ValueError(f"a result of {result.upn} for the lease of {user.row.upn}")
        update = {"upn": user.row.upn, "number": user.row.number, "asked": user.row.fingerprint}
        return for_file(self._redactor, result).model_copy(update=update)

    def release_all_leases(self) -> int:
        """Let every leased user wait again, as where all workers have ended; return how many there were."""
        with self._file.change() as change:
            return leases.release_all(change, self._time())

    def counts(self) -> dict[UserState, int]:
        """Return the number of users in each state."""
        found = dict(self._file.rows("SELECT state, count(*) FROM user GROUP BY state"))
        return {state: found.get(state, 0) for state in UserState}

    def waiting(self) -> dict[tuple[str | None, Depth], int]:
        """Return the number of waiting users, by the account that their row names and how closely they are checked."""
        query = "SELECT account, depth, count(*) FROM user WHERE state = 'waiting' GROUP BY account, depth"
        return {(account or None, Depth(depth)): count for account, depth, count in self._file.rows(query)}

    def results(self) -> Iterator[UserResult]:
        """Yield the newest result of every user who has one, in the list's order."""
        return final(self._file.rows)

    def throttled(self, times: int = 1) -> None:
        """Count that the service asked to slow down."""
        with self._file.change() as change:
            change.execute("UPDATE run SET throttled = throttled + ?", (times,))

    def times_throttled(self) -> int:
        """Return how often the service asked to slow down, in all periods of the run."""
        return int(self._file.rows("SELECT throttled FROM run")[0][0])

    def end(self, by: EndedBy) -> None:
        """Write down why the run, or this period of it, ended."""
        with self._file.change() as change:
            newest = "UPDATE period SET ended = ?, ended_by = ? WHERE id = (SELECT max(id) FROM period)"
            change.execute(newest, (self._time(), by))

    def close(self) -> None:
        """Let go of the file; to be done before the folder is sealed."""
        self._file.close()

    def __enter__(self) -> Self:
        """Return the journal, which is closed on exit."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

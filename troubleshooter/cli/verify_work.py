"""Performs what `verify` was asked for: makes the list where a page names the users, and checks them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from troubleshooter.batch.deadline import ending_at
from troubleshooter.batch.listing import list_users
from troubleshooter.batch.place import Place
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.batch.sign_ins import SignInOutcome
from troubleshooter.batch.start import Begun, not_in_list
from troubleshooter.batch.verify import Batch, Ended, verify
from troubleshooter.batch.watching import watched
from troubleshooter.batch.window import Window
from troubleshooter.cli.batch_progress import watching_many
from troubleshooter.cli.console import say
from troubleshooter.cli.options import Output
from troubleshooter.cli.signals import Terminated, until_ended
from troubleshooter.errors import CannotTell, InputError
from troubleshooter.model.batch_records import EndedBy
from troubleshooter.run.watch import Timer, Watch

if TYPE_CHECKING:
    from playwright.async_api import StorageState


@dataclass(frozen=True)
class Work:
    """What `verify` was asked for, and where it is done."""

    begun: Begun
    place: Place
    output: Output
    deadline: datetime | None = None
    """When to begin nothing new."""
    watch: Watch | None = None
    """The interval at which whoever is not in sync is checked again."""

    @property
    def window(self) -> Window:
        """Return the hours in which users may be checked."""
        between = self.begun.request.between
        return Window.parse(between) if between else Window()


def perform(work: Work, announce: Callable[[], None]) -> Ended:
    """Check everybody.

    Args:
        announce: called when it is known who is checked; may raise InputError.

    Raises:
        InputError: it was not to begin.
        CannotTell: the page that names the users can't be read, or names nobody.
    """
    with withdrawing(work.begun), asyncio.Runner() as loop:
        sessions: Mapping[str, StorageState] = {}
        if url := work.begun.unlisted:
            found = _listed(work, url, loop)
            if isinstance(found, Ended):
                return found
            sessions = found
        announce()
        return loop.run(_checked(work, sessions))


def _listed(work: Work, url: str, loop: asyncio.Runner) -> Ended | Mapping[str, StorageState]:
    """Make the list from a page; return the session in which that was done, or how the run ended before."""

    async def listed() -> Ended | Mapping[str, StorageState]:
        ending = Ending()
        async with ending_at(work.deadline, ending):
            await work.window.opened(ending.event)
        if ending.by:
            return Ended(ending.by)
        found = await list_users(begun, url, work.place.start_browser)
        for note in (*found.list.notes, *not_in_list(begun.request, begun.acceptances, begun.journal.users())):
            say(note)
        return found.sessions

    begun = work.begun
    try:
        return until_ended(listed, loop)
    except NotLetIn as refused:
        return Ended(EndedBy.NOT_LET_IN, (refused,))
    except (KeyboardInterrupt, Terminated):
        say(f"Nobody was checked yet. To continue: troubleshooter verify --resume {begun.folder.path}")
        raise


async def _checked(work: Work, sessions: Mapping[str, StorageState]) -> Ended:
    begun = work.begun

    async def check(before: Ended | None) -> Ended:
        with watching_many(begun, work.output) as done:
            batch = Batch(
                begun.folder.path,
                begun.journal,
                begun.accounts,
                begun.own,
                begun.workers,
                begun.request.rate,
                window=work.window,
                start_browser=work.place.start_browser,
                confirm=not begun.request.no_confirm,
                sessions=before.sessions if before else sessions,
                done=done,
            )
            return await verify(batch, work.place.engine, work.deadline)

    def waiting(due: datetime, users: int) -> None:
        if not work.output.quiet:
            say(
                f"{users} {'user is' if users == 1 else 'users are'} not in sync. Next check after "
                f"{due:%Y-%m-%d %H:%M:%S} UTC. Ctrl-C ends the watch; the report is written then."
            )

    return await (watched(begun, check, work.watch, Timer(), waiting) if work.watch else check(None))


@contextmanager
def withdrawing(begun: Begun) -> Iterator[None]:
    """Remove the folder of a run that turns out to be wrong before anybody was checked, or any sign-in failed."""
    try:
        yield
    except (InputError, CannotTell):
        attempts = {attempt.outcome for attempt in begun.journal.sign_ins.all()}
        if not begun.resumed and attempts <= {SignInOutcome.PASSED} and not any(begun.journal.results()):
            begun.journal.close()
            begun.folder.discard()
        raise

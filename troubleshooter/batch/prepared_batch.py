"""Defines a run of many users that is ready to start, and what performs it: an engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.batch.browsers import StartBrowser
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.batch.user_row import UserRow
from troubleshooter.batch.window import Window
from troubleshooter.browser.launch import started
from troubleshooter.model.batch_records import UserResult
from troubleshooter.run.prepared import PreparedRun

if TYPE_CHECKING:
    from playwright.async_api import StorageState


@dataclass(frozen=True)
class Batch:
    """A run of many users that is ready to start."""

    folder: Path
    journal: Journal
    accounts: Mapping[str, PreparedRun]
    """A check of nobody in particular with each account that checks users, by its name."""
    own: Mapping[str, PreparedRun]
    """The same with each account that a row of the list names."""
    workers: int
    rate: float
    """Requests per second and account; 0 for no limit."""
    window: Window = field(default_factory=Window)
    """The hours in which users may be checked."""
    start_browser: StartBrowser = started
    confirm: bool = True
    sessions: Mapping[str, StorageState] = field(default_factory=dict)
    """The sessions to continue, by their account; an engine on other computers does without them."""
    done: Callable[[UserResult, Ending], None] = lambda result, ending: None  # noqa: ARG005
    """Called with each result; may end the run."""

    @property
    def any_account(self) -> PreparedRun:
        """Return a check of nobody with the first account."""
        return next(iter((*self.accounts.values(), *self.own.values())))


@dataclass(frozen=True)
class Performed:
    """What an engine has done."""

    refused: tuple[NotLetIn, ...] = ()
    """The accounts that were not let in."""
    throttled: int = 0
    """How often the service asked to slow down."""
    notes: tuple[str, ...] = ()
    """What to say about how it ended, a line each."""
    sessions: Mapping[str, StorageState] = field(default_factory=dict)
    """The sessions that go on, by their account; empty where they are on other computers."""


Engine = Callable[[Batch, Ending], Awaitable[Performed]]
"""Checks everybody who waits in the journal, until nobody does or the run is to end. Workers write down what they find
before they begin with the next user; whatever ends an engine, nothing of that is lost."""


def for_user(prepared: PreparedRun, row: UserRow) -> PreparedRun:
    """Return the check of one user of the list; `prepared` is of nobody in particular."""
    update = {"subject": row.upn, "pages": row.pages, "expect": row.expect, "changed_at": row.changed_at}
    request = prepared.request.model_copy(update=update)
    return replace(prepared, request=request, subject=row.upn, pages=row.pages)

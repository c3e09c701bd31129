"""Defines what a run of many users works with: the same for all its workers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

from troubleshooter.batch.shared_state import Ledger, Paced
from troubleshooter.batch.sign_in import SharedSignIn
from troubleshooter.batch.user_row import UserRow
from troubleshooter.batch.window import Window
from troubleshooter.model.batch_records import EndedBy, UserResult
from troubleshooter.run.prepared import PreparedRun

Turns = Callable[[str], AbstractAsyncContextManager[object]]
"""Returns what is entered to sign in with an account, by its name: one sign-in of an account at a time."""
Prepare = Callable[[str, UserRow | None], PreparedRun]
"""Prepares a check with an account, by its name: of a user, or of nobody in particular."""


@dataclass(frozen=True)
class Colleague:
    """An account with which users are checked: its one sign-in, and its pace."""

    sign_in: SharedSignIn
    pace: Paced

    @property
    def name(self) -> str:
        """Return the account's name in the tenant file."""
        return self.sign_in.account


@dataclass
class Ending:
    """Whether the run is to end, and why; the first reason counts."""

    by: EndedBy | None = None
    event: asyncio.Event = field(default_factory=asyncio.Event)

    def end(self, by: EndedBy) -> None:
        """Let the workers finish what they are doing, and begin nothing else."""
        self.by = self.by or by
        self.event.set()


@dataclass(frozen=True)
class BatchPlan:
    """What all workers of a run share."""

    folder: Path
    journal: Ledger
    colleagues: Sequence[Colleague]
    prepare: Prepare
    paces: Mapping[str, Paced]
    """The pace of each account that rows of the list name."""
    turns: Turns
    ending: Ending
    window: Window = field(default_factory=Window)
    """The hours in which users may be checked."""
    confirm: bool = True
    """Whether users who are not certainly in sync after a quick check are checked again in full."""
    done: Callable[[UserResult], None] = lambda result: None  # noqa: ARG005
    """Called with each result."""

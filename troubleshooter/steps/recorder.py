"""Records what a step finds, in order. Append-only, so that nothing is lost however the step ends."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from troubleshooter.browser.failures import BrowserFailure, TimedOut
from troubleshooter.errors import CannotTell
from troubleshooter.evidence.window_shot import WindowShot
from troubleshooter.model.enums import WITHOUT_PHOTO
from troubleshooter.model.message import Message
from troubleshooter.model.records import (
    FoundPage,
    Mixup,
    Picture,
    Placeholder,
    Properties,
    Replaced,
    Sighting,
    Unseen,
    WebPartPeople,
)
from troubleshooter.redaction.run_log import Event, Phase, log


class Fact:
    """Something that later steps use, but that is not itself part of the record."""


@dataclass(frozen=True)
class SignedInAs(Fact):
    """The account that is signed in according to the account panel."""

    upn: str | None


@dataclass(frozen=True)
class AccountPage(Fact):
    """The URL to which the account panel's "View account" leads."""

    address: str | None


@dataclass(frozen=True)
class SubjectKnownAs(Fact):
    """Further addresses and names that the tenant has for the subject."""

    addresses: frozenset[str] = frozenset()
    """Addresses in lower case."""
    name: str | None = None
    """A display name."""
    picture: str | None = None
    """The URL of a stored thumbnail."""
    object_ids: frozenset[str] = frozenset()
    """Object ids in the directory, in lower case."""


@dataclass(frozen=True)
class TenantClock(Fact):
    """The tenant's own time."""

    at: datetime


@dataclass(frozen=True)
class PhotoSent(Fact):
    """The fact that the photo was sent to Microsoft 365."""

    at: datetime


@dataclass(frozen=True)
class Superseded(Fact):
    """A sighting of a stand-in for a picture that was still to come."""

    sighting: Sighting


@dataclass(frozen=True)
class Note(Fact):
    """A remark about a step that passed."""

    text: Message


@dataclass(frozen=True)
class FoundByStructure(Fact):
    """The fact that the step found its way by the page's structure, because no source gives a locator."""


@dataclass(frozen=True)
class SimilarAddress(Fact):
    """The fact that a page shows somebody of whose address the subject's may be a misspelling."""

    address: str


Entry = (
    Sighting
    | Picture
    | Unseen
    | Properties
    | WebPartPeople
    | Mixup
    | FoundPage
    | Placeholder
    | Replaced
    | Fact
    | WindowShot
)
_Kind = TypeVar("_Kind")


class StepRecorder:
    """The record of one step while it is performed."""

    def __init__(self, step: str) -> None:
        self.step = step
        self._entries: list[Entry] = []

    def add(self, *entries: Entry) -> None:
        """Append `entries`."""
        self._entries += entries
        for entry in entries:
            if isinstance(entry, Sighting):
                log(Phase.PHOTO, Event.SEEN, entry.surface, entry.kind)

    def add_shot(self, shot: WindowShot) -> None:
        """Append the screenshot of a window, or add its marks to one of this step that shows the same."""
        for index, entry in enumerate(self._entries):
            if isinstance(entry, WindowShot) and shot.can_replace(entry):
                self._entries[index] = shot.with_marks_of(entry)
                return
        self._entries.append(shot)

    async def complete(self) -> None:
        """Wait until the pictures have been written.

        Raises:
            CannotWrite: one of them could not be written; the others are kept.
        """
        failures: list[BaseException] = []
        for index, entry in reversed([*enumerate(self._entries)]):
            if isinstance(entry, WindowShot):
                (picture,) = await asyncio.gather(entry.picture(), return_exceptions=True)
                self._entries[index : index + 1] = [picture] if isinstance(picture, Picture) else []
                failures += [picture] if isinstance(picture, BaseException) else []
        if failures:
            raise failures[-1]

    def of(self, kind: type[_Kind]) -> tuple[_Kind, ...]:
        """Return the entries of one kind, in order."""
        return tuple(entry for entry in self._entries if isinstance(entry, kind))

    @contextmanager
    def until_complete(self) -> Iterator[None]:
        """If the block fails, supersede the initials and placeholders that it saw.

        The page was still being built, and nobody checks it again: a photo may have taken their place.
        """
        start = len(self._entries)
        try:
            yield
        except (BrowserFailure, CannotTell):
            seen = [entry for entry in self._entries[start:] if isinstance(entry, Sighting)]
            self.add(*(Superseded(sighting) for sighting in seen if sighting.kind in WITHOUT_PHOTO))
            raise

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """If the page is rebuilt during the block, discard what the block recorded, so that it can be tried again.

        Screenshots are kept, because they show what the page was like. After a timeout, an interruption or a defect,
        everything is kept.
        """
        start = len(self._entries)
        try:
            yield
        except TimedOut:
            raise
        except BrowserFailure:
            self._entries[start:] = [
                entry for entry in self._entries[start:] if isinstance(entry, Picture | WindowShot)
            ]
            raise

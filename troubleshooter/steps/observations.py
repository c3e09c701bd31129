"""Gives read-only access to what a run has seen so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from troubleshooter.identity.match import Subject
from troubleshooter.identity.photo_address import stem_of
from troubleshooter.model.records import FoundPage, Properties, Replaced, Sighting, Unseen
from troubleshooter.steps.recorder import (
    AccountPage,
    PhotoSent,
    SignedInAs,
    StepRecorder,
    SubjectKnownAs,
    Superseded,
    TenantClock,
)

_Kind = TypeVar("_Kind")
SITE = "site"
"""The `moment` of properties from a site's own copy of the profile."""


class Observations:
    """Everything that the steps, including the current one, have recorded so far."""

    def __init__(self, subject: str, pages: tuple[str, ...], recorders: Sequence[StepRecorder]) -> None:
        """Read from `recorders`, to which the caller may add.

        Args:
            subject: UPN of the user whose photo is checked, in lower case.
            pages: the pages that the run was given.
        """
        self._subject = subject
        self._pages = pages
        self._recorders = recorders

    def of(self, kind: type[_Kind]) -> tuple[_Kind, ...]:
        """Return the entries of one kind, in order."""
        return tuple(entry for recorder in self._recorders for entry in recorder.of(kind))

    def beside(self, recorder: StepRecorder) -> Observations:
        """Return these observations plus those of `recorder`, which are not added to the run's own."""
        return Observations(self._subject, self._pages, (*self._recorders, recorder))

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """Return the avatars seen, except those that were only stand-ins for a picture still to come."""
        superseded = [entry.sighting for entry in self.of(Superseded)]
        return tuple(s for s in self.of(Sighting) if not any(s is gone for gone in superseded))

    @property
    def unseen(self) -> tuple[Unseen, ...]:
        """Return what could not be seen."""
        return self.of(Unseen)

    @property
    def properties(self) -> tuple[Properties, ...]:
        """Return what SharePoint said about its copy of the photo, in order of reading."""
        return tuple(p for p in self.of(Properties) if p.moment != SITE)

    @property
    def site_properties(self) -> tuple[Properties, ...]:
        """Return the properties in the copies of the profile that the pages' sites keep."""
        return tuple(p for p in self.of(Properties) if p.moment == SITE)

    @property
    def pages(self) -> tuple[str, ...]:
        """Return the pages to visit: those that the run found, else those that it was given."""
        return tuple(page.url for page in self.of(FoundPage)) or self._pages

    @property
    def who(self) -> Subject:
        """Return the subject under every address and name known so far."""
        known = self.of(SubjectKnownAs)
        return Subject(
            self._subject,
            frozenset().union(*(entry.addresses for entry in known)),
            frozenset(entry.name for entry in known if entry.name),
            frozenset(stem_of(entry.picture) for entry in known if entry.picture) - {""},
            frozenset().union(*(entry.object_ids for entry in known)),
        )

    @property
    def signed_in_as(self) -> str | None:
        """Return the UPN that the account panel showed last."""
        return next((entry.upn for entry in reversed(self.of(SignedInAs))), None)

    @property
    def account_page(self) -> str | None:
        """Return the URL to which "View account" leads."""
        return next((entry.address for entry in reversed(self.of(AccountPage))), None)

    @property
    def clock(self) -> datetime | None:
        """Return the tenant's own time, as last read."""
        return next((entry.at for entry in reversed(self.of(TenantClock))), None)

    @property
    def replaced(self) -> Replaced | None:
        """Return the picture that was shown before the run acted."""
        return next(reversed(self.of(Replaced)), None)

    @property
    def sent(self) -> datetime | None:
        """Return when the photo was sent."""
        return next((entry.at for entry in reversed(self.of(PhotoSent))), None)

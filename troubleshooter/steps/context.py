"""Defines the context of a run, which does not change during the run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.launch import Options
from troubleshooter.browser.profile_copy import BrowserProfile
from troubleshooter.browser.waits import short_wait
from troubleshooter.model.enums import Surface
from troubleshooter.model.records import PhotoFile
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.signin.credentials import Credentials
from troubleshooter.signin.operator import Operator
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.tenant import Tenant

if TYPE_CHECKING:
    from troubleshooter.compare.upload import Checked


@dataclass(frozen=True)
class PhotoToAdd:
    """The photo that the run adds."""

    upload: Checked
    """The file as checked, which is what is sent."""
    kept: PhotoFile
    """Its copy in the evidence."""
    sent_before: bool
    """Whether an earlier run sent the photo, so that this one only checks whether it has arrived."""


@dataclass(frozen=True)
class ComparedProfile:
    """A browser profile to compare the private session with, and how its browser is started."""

    profile: BrowserProfile
    browser: Options


@dataclass(frozen=True)
class RunContext:
    """The context of a run: where it happens, for whom, and within which limits."""

    tenant: Tenant
    account: Account
    """The account that signs in."""
    credentials: Credentials
    subject: str
    """UPN of the user whose photo is checked, in lower case."""
    pages: tuple[str, ...]
    """The URLs given with `--page`."""
    timeout: float
    """The longest single wait, in seconds."""
    redactor: Redactor
    surfaces: frozenset[Surface] = frozenset(Surface)
    """The surfaces to check."""
    requested_surfaces: frozenset[Surface] = frozenset()
    """Those of `surfaces` that were requested by name, or by `all`."""
    show_others: bool = False
    """Whether other people stay visible in the screenshots."""
    operator: Operator | None = None
    """The person who can be asked to do something during sign-in; None if nobody can."""
    interactive: bool = False
    """Whether the operator signs in by hand, in a window."""
    photo: PhotoToAdd | None = None
    profile: ComparedProfile | None = None

    @property
    def username(self) -> str:
        """Return the UPN that signs in."""
        return self.account.username

    @property
    def as_subject(self) -> bool:
        """Return whether the session is the subject's own."""
        return self.username.lower() == self.subject

    @property
    def short_wait(self) -> float:
        """Return the seconds to wait for something that happens immediately or not at all."""
        return short_wait(self.timeout)

"""Everything that the tenant knows at one moment: time, stores, flags, sessions, journal."""

import asyncio
import secrets
import threading
from dataclasses import dataclass, field

from .clock import Clock
from .faults import FAULTS, allowed
from .journal import Journal
from .pages import DEMO_PAGES
from .people import SUBJECT
from .sessions import Sessions
from .sign_in_plan import SignInPlan
from .stores import Copy, Held, Photo
from .sync import Due, settle
from .totp import Authenticator

GENERATIONS = ("mailbox", "people-service")


@dataclass
class Flags:
    """Ways to misbehave that are no store's content."""

    cdn_refuses: bool = False
    """The photo delivery network finds every time-limited address invalid."""
    photos_hang: bool = False
    """SharePoint never finishes to send a photo."""
    refuse_passwords: bool = False
    """Sign-in finds every password wrong."""
    pages_missing: bool = False
    """The pages that the demo visits are gone."""
    subject_left_out: bool = False
    """No page mentions the subject."""
    sign_in: SignInPlan = field(default_factory=SignInPlan)
    """The way through sign-in."""


class State:
    """The tenant, without a server around it."""

    def __init__(self, fault: str = "healthy", *, generation: str = "mailbox", password: str | None = None) -> None:
        if generation not in GENERATIONS:
            raise ValueError(f"generation: {generation}: no such one, allowed: {', '.join(GENERATIONS)}")
        self.lock = threading.RLock()
        self.clock = Clock()
        self.journal = Journal()
        self.sessions = Sessions()
        self.generation = generation
        self.password = password or secrets.token_urlsafe(12)
        self.authenticator = Authenticator()
        """Makes and checks the codes of every account."""
        self.text_code = f"{secrets.randbelow(10**6):06}"
        """The code that text messages bring; only a person could read it."""
        self.access_pass = secrets.token_urlsafe(8)
        """The Temporary Access Pass of every account."""
        self.subject = SUBJECT
        self.key = secrets.token_bytes(16)
        """Signs time-limited addresses; new in every run."""
        self.first_fault = fault
        self.stopping: asyncio.Event | None = None
        """Set when the server ends, so that held answers let go."""
        self.become(fault)

    def become(self, fault: str) -> None:
        """Puts every store into the state that the named fault leaves behind; sessions, time and journal stay.

        Raises ValueError for an unknown name.
        """
        if fault not in FAULTS:
            raise ValueError(f"fault: {fault}: no such one, allowed: {allowed()}")
        with self.lock:
            self.flags = Flags()
            self.people_service: dict[str, Held] = {}
            self.mailbox: dict[str, Held] = {}
            self.sharepoint: dict[str, Copy] = {}
            self.site: dict[str, Copy] = {}
            self.due: list[Due] = []
            FAULTS["healthy"].plant(self)
            FAULTS[fault].plant(self)
            self.fault = fault

    def reset(self) -> None:
        """Returns to the start: real time, first fault, nobody signed in, empty journal."""
        with self.lock:
            self.clock.reset()
            self.sessions.clear()
            self.journal.clear()
            self.authenticator.forget()
            self.become(self.first_fault)

    def advance(self, seconds: float) -> None:
        """Moves time forward and lets what is due land."""
        with self.lock:
            self.clock.advance(seconds)
            settle(self)

    def copy_of(self, upn: str) -> Copy:
        """The SharePoint copy of this user; an empty one if there never was any."""
        return self.sharepoint.get(upn, Copy())

    def accepts(self, password: str) -> bool:
        """Whether sign-in takes this password."""
        return not self.flags.refuse_passwords and secrets.compare_digest(password.encode(), self.password.encode())

    def shown_in_sharepoint(self, upn: str, *, in_site: bool = False) -> Photo | None:
        """The photo that SharePoint displays for this user, or that the site's own copy holds; None: a placeholder."""
        if self.generation == "people-service":
            held = self.people_service.get(upn)
            return held.photo if held else None
        return (self.site if in_site else self.sharepoint).get(upn, Copy()).shows

    def is_missing(self, address: str) -> bool:
        """Whether this page has been deleted."""
        return self.flags.pages_missing and address in DEMO_PAGES

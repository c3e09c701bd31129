"""Everything that the tenant knows at one moment: time, stores, flags, sessions, journal."""

import asyncio
import secrets
import threading
from dataclasses import dataclass, field

from troubleshooter.sandbox.clock import Clock
from troubleshooter.sandbox.faults import FAULTS, named
from troubleshooter.sandbox.journal import Journal
from troubleshooter.sandbox.people import PEOPLE, SUBJECT, Person, find
from troubleshooter.sandbox.policies import Directory, Policies
from troubleshooter.sandbox.sessions import Sessions
from troubleshooter.sandbox.sign_in_plan import SignInPlan
from troubleshooter.sandbox.site_content import DEMO_PAGES
from troubleshooter.sandbox.stores import Copy, Photo, StoredPhoto
from troubleshooter.sandbox.sync import Due, settle
from troubleshooter.sandbox.totp import Authenticator

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
    other_part: bool = False
    """Pages show the subject in a web part of another kind as well."""
    photos_late: bool = False
    """Cards show initials for a while before they ask for their photos."""
    upload_window: str = "popup"
    """Where a photo is changed: `popup` over the page, `account` (My Account) or `profile` (Microsoft 365 profile)."""
    camera_hidden: bool = False
    """Nothing that changes the photo is offered."""
    two_file_inputs: bool = False
    """The window takes two pictures, and nothing but words tells which is the photo."""
    plain_window: bool = False
    """The window's buttons look alike, none ever goes away, and the page is loaded anew at the end."""
    all_at_once: bool = False
    """The button that sends the photo is there before one is chosen."""
    upload_late: bool = False
    """An uploaded photo is taken in, and shown only later."""
    copy_stuck: bool = False
    """Requests of the own photo no longer make SharePoint copy it."""
    photos_blank: bool = False
    """SharePoint answers with the placeholder for everybody, whatever it has stored."""
    pages_from_source: str = ""
    """Which parts of pages take photos from the people service: `descriptive` web parts, `all`, or none."""
    cards_ask_by_mail: bool = False
    """Web parts ask for photos by mail address instead of UPN."""
    small_pictures: bool = False
    """Web parts ask for the smallest picture and draw it large."""
    wrong_account: str = ""
    """UPN of whoever stands behind the subject's name in web parts, bylines and comments."""
    cards_late: bool = False
    """People web parts stand empty for some seconds before their cards come."""
    photo_swapped: bool = False
    """A script swaps the pictures of the cards some seconds after the page has settled."""
    bubble: str = ""
    """A teaching bubble over the header and the account panel: `closes` with a button, `stays`, or none."""
    sign_in: SignInPlan = field(default_factory=SignInPlan)
    """The way through sign-in."""


class State:
    """The tenant, without a server around it."""

    def __init__(
        self,
        fault: str = "healthy",
        *,
        generation: str = "mailbox",
        password: str | None = None,
        subject: str = SUBJECT,
        seed: int = 0,
    ) -> None:
        if generation not in GENERATIONS:
            raise ValueError(f"generation: {generation}: no such one, allowed: {', '.join(GENERATIONS)}")
        self.lock = threading.RLock()
        self.clock = Clock()
        self.journal = Journal()
        self.sessions = Sessions()
        self.first_generation = generation
        self.password = password or secrets.token_urlsafe(12)
        self.subject = subject
        self.seed = seed
        """Which photos everybody has: another seed, other photos."""
        self.authenticator = Authenticator()
        """Makes and checks the codes of every account."""
        self.text_code = f"{secrets.randbelow(10**6):06}"
        """The code that text messages bring; only a person could read it."""
        self.access_pass = secrets.token_urlsafe(8)
        """The Temporary Access Pass of every account."""
        self.key = secrets.token_bytes(16)
        """Signs time-limited addresses; new in every run."""
        self.first_fault = fault
        self.stopping: asyncio.Event | None = None
        """Set when the server ends, so that held answers let go."""
        self.become(fault)

    def become(self, fault: str) -> None:
        """Puts every store into the state that the named fault leaves behind; sessions, time and journal stay.

        Several faults at once are named with `+` between them, and planted in this order.
        Raises ValueError for a name that is not known, or one that comes twice.
        """
        names = named(fault)
        with self.lock:
            self.flags = Flags()
            self.policies = Policies()
            self.directory = Directory()
            self.generation = self.first_generation
            self.people_service: dict[str, StoredPhoto] = {}
            self.mailbox: dict[str, StoredPhoto] = {}
            self.sharepoint: dict[str, Copy] = {}
            self.cdn: dict[str, Copy] = {}
            """What the photo delivery network hands out for SharePoint."""
            self.site: dict[str, Copy] = {}
            self.search: dict[str, Copy] = {}
            """The search index's copy of PictureURL, with the picture that stands behind it."""
            self.teams_cache: dict[str, StoredPhoto] = {}
            self.outlook_cache: dict[str, StoredPhoto] = {}
            self.due: list[Due] = []
            FAULTS["healthy"].plant(self)
            for name in names:
                FAULTS[name].plant(self)
            self.fault = "+".join(names)

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

    def photo_of(self, upn: str, age: int = 0) -> Photo:
        """The photo that this user has today, or had `age` photos ago."""
        return Photo(upn, variant=10 * self.seed + age)

    def mail_of(self, person: Person) -> str:
        """The mail address of this person."""
        return self.directory.mail.get(person.upn, person.mail)

    def find(self, identifier: str) -> Person | None:
        """The person with this UPN, mail address, claims-encoded account or object id, in any case."""
        key = identifier.rpartition("|")[2].strip().lower()
        upn = next((upn for upn, mail in self.directory.mail.items() if mail == key), None)
        return PEOPLE[upn] if upn else find(identifier)

    def is_guest(self, person: Person | None) -> bool:
        """Whether this person belongs to another organisation."""
        return person is not None and person.upn in self.directory.guests

    def accepts(self, password: str) -> bool:
        """Whether sign-in takes this password."""
        return not self.flags.refuse_passwords and secrets.compare_digest(password.encode(), self.password.encode())

    def shown_in_sharepoint(self, upn: str, *, in_site: bool = False) -> Photo | None:
        """The photo that SharePoint displays for this user, or that the site's own copy holds; None: a placeholder."""
        if self.generation == "people-service":
            held = self.people_service.get(upn)
            return held.photo if held else None
        return (self.site if in_site else self.sharepoint).get(upn, Copy()).shows

    def delivered(self, upn: str) -> Photo | None:
        """The photo that the delivery network hands out for SharePoint; None: it has none."""
        if self.generation == "people-service":
            return self.shown_in_sharepoint(upn)
        return self.cdn.get(upn, Copy()).shows

    def is_missing(self, address: str) -> bool:
        """Whether this page has been deleted."""
        return self.flags.pages_missing and address in DEMO_PAGES

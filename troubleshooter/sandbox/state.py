"""Everything that the tenant knows at one moment: time, stores, flags, sessions, journal."""

import asyncio
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from troubleshooter.sandbox.clock import Clock
from troubleshooter.sandbox.flags import Flags
from troubleshooter.sandbox.interference import Disturbance, Mutation
from troubleshooter.sandbox.journal import Journal
from troubleshooter.sandbox.layouts import layout_named
from troubleshooter.sandbox.people import PEOPLE, SUBJECT, Person
from troubleshooter.sandbox.policies import Directory, Policies
from troubleshooter.sandbox.roster import Roster
from troubleshooter.sandbox.sessions import Sessions
from troubleshooter.sandbox.site_content import DEMO_PAGES, SITE_PAGES, SitePage
from troubleshooter.sandbox.stores import Copy, Due, Photo, StoredPhoto
from troubleshooter.sandbox.totp import Authenticator
from troubleshooter.sandbox.traffic import Limits, Traffic

Client = tuple[str, int]
"""The address and the port of a connection's other end."""
GENERATIONS = ("mailbox", "people-service")


@dataclass(frozen=True)
class Fault:
    """A named way in which the tenant misbehaves."""

    name: str
    description: str
    """One sentence for the list of faults."""
    apply: Callable[["State"], None]
    """Applies the fault to a tenant that is otherwise healthy."""


def _nothing(_state: "State") -> None:
    """Plant nothing."""


@dataclass(frozen=True)
class Population:
    """Who works at the tenant beside the cast, what shows them, and what is wrong with whom."""

    people: tuple[Person, ...] = ()
    pages: tuple[SitePage, ...] = ()
    plant: Callable[["State"], None] = _nothing
    """Gives single people their faults, in stores that are otherwise filled."""


class State:
    """The state of a tenant, without a server."""

    def __init__(
        self,
        fault: Fault,
        *,
        generation: str = "mailbox",
        password: str | None = None,
        subject: str = SUBJECT,
        seed: int = 0,
        token_prefix: str = "",
        layout: str = "classic",
        page: bytes | None = None,
        population: Population = Population(),
        limits: Limits | None = None,
    ) -> None:
        self.saved_page = page
        """A saved page to show; None for none."""
        self.layout = layout_named(layout)
        """How the home page looks."""
        if generation not in GENERATIONS:
            raise ValueError(f"generation: {generation}: no such generation, allowed: {', '.join(GENERATIONS)}")
        self.lock = threading.RLock()
        self.people = Roster(population.people)
        """Everybody who works here."""
        self.pages = SITE_PAGES | {page.path.lower(): page for page in population.pages}
        """Every page of the Communications site, by its server-relative path in lower case."""
        self._population = population
        self.clock = Clock()
        self.journal = Journal()
        self.traffic = Traffic(limits)
        """What arrived, counted, and what is too much."""
        self.sessions = Sessions(token_prefix)
        self.first_generation = generation
        self.password = password or secrets.token_urlsafe(12)
        self.subject = subject
        self.seed = seed
        """Determines which photos everybody has; another seed gives other photos."""
        self.authenticator = Authenticator()
        """Makes and checks the codes of every account."""
        self.text_code = f"{secrets.randbelow(10**6):06}"
        """The code that text messages contain; only a person could read it."""
        self.access_pass = secrets.token_urlsafe(8)
        """The Temporary Access Pass of every account."""
        self.key = secrets.token_bytes(16)
        """Signs time-limited URLs; new in every run."""
        self.first_fault = fault
        self.stopping: asyncio.Event | None = None
        """Set when the server stops, so that delayed responses end."""
        self.hang_up: Callable[[Client], None] | None = None
        """Ends a client's connection without an answer; set by the server."""
        self.mutations: dict[str, Mutation] = {}
        """What is changed on the pages of one visitor, by the name of the case; of every visitor, by an empty name."""
        self.decoys_touched: list[tuple[str, str]] = []
        """The case in which a decoy was touched, and how."""
        self.disturbance: Disturbance | None = None
        """What goes wrong between the browser and one of the hosts."""
        self.server_name: Callable[[Client | None], str | None] = lambda client: None  # noqa: ARG005
        """Returns the host name for which a client asked in TLS, None if it named none; set by the server."""
        self.become(fault)

    def become(self, fault: Fault) -> None:
        """Empty every store and let `fault` fill it; sessions, time and journal stay."""
        with self.lock:
            self.flags = Flags()
            self.policies = Policies()
            self.directory = Directory()
            self.generation = self.first_generation
            self.people_service: dict[str, StoredPhoto] = {}
            self.mailbox: dict[str, StoredPhoto] = {}
            self.sharepoint: dict[str, Copy] = {}
            self.cdn: dict[str, Copy] = {}
            """What the photo CDN serves for SharePoint."""
            self.site: dict[str, Copy] = {}
            self.search: dict[str, Copy] = {}
            """The search index's copy of PictureURL, with the picture at that URL."""
            self.teams_cache: dict[str, StoredPhoto] = {}
            self.outlook_cache: dict[str, StoredPhoto] = {}
            self.due: list[Due] = []
            """Copies that are on their way."""
            fault.apply(self)
            self._population.plant(self)
            self.fault = fault.name

    def reset(self) -> None:
        """Return to the start: real time, first fault, nobody signed in, empty journal."""
        with self.lock:
            self.clock.reset()
            self.sessions.clear()
            self.journal.clear()
            self.traffic.clear()
            self.authenticator.forget()
            self.become(self.first_fault)

    def copy_of(self, upn: str) -> Copy:
        """Return the SharePoint copy of this user's photo; an empty one if there never was any."""
        return self.sharepoint.get(upn, Copy())

    def photo_of(self, upn: str, age: int = 0) -> Photo:
        """Return the current photo of this user, or the one that they had `age` photos ago."""
        return Photo(upn, variant=10 * self.seed + age, simple=upn not in PEOPLE)

    def mail_of(self, person: Person) -> str:
        """Return the mail address of this person."""
        return self.directory.mail.get(person.upn, person.mail)

    def find(self, identifier: str) -> Person | None:
        """Return the person with this UPN, mail address, claims-encoded account or object id, ignoring case."""
        key = identifier.rpartition("|")[2].strip().lower()
        upn = next((upn for upn, mail in self.directory.mail.items() if mail == key), None)
        return self.people[upn] if upn else self.people.find(identifier)

    def is_guest(self, person: Person | None) -> bool:
        """Return whether this person belongs to another organization."""
        return person is not None and person.upn in self.directory.guests

    def only_guests_beside(self, person: Person) -> bool:
        """Return whether everybody but this person belongs to another organization."""
        return len(self.directory.guests) - self.is_guest(person) >= len(self.people) - 1

    def accepts(self, password: str) -> bool:
        """Return whether sign-in accepts this password."""
        return not self.flags.refuse_passwords and secrets.compare_digest(password.encode(), self.password.encode())

    def shown_in_sharepoint(self, upn: str, *, in_site: bool = False) -> Photo | None:
        """Return the photo that SharePoint displays for this user, or the site's own copy; None for a placeholder."""
        if self.generation == "people-service":
            stored = self.people_service.get(upn)
            return stored.photo if stored else None
        return (self.site if in_site else self.sharepoint).get(upn, Copy()).shows

    def delivered(self, upn: str) -> Photo | None:
        """Return the photo that the CDN serves for SharePoint, or None if it has none."""
        if self.generation == "people-service":
            return self.shown_in_sharepoint(upn)
        return self.cdn.get(upn, Copy()).shows

    def is_missing(self, address: str) -> bool:
        """Return whether this page has been deleted."""
        return self.flags.pages_missing and address in DEMO_PAGES

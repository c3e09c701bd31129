"""Walks from place to place: what fails is a row of the result, and the walk goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, translated_errors
from troubleshooter.browser.locator_use import locators, using
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.browser.waits import short_wait
from troubleshooter.errors import CannotTell, LeftOut, Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.locators import FoundBy
from troubleshooter.model.message import Message
from troubleshooter.pages.documented_marks import DOCUMENTED
from troubleshooter.pages.marks_seen import MarkSeen, marks_seen
from troubleshooter.pages.sign_in_prompt import comes_back, signed_out
from troubleshooter.run.capture_page import PageToSave
from troubleshooter.run.repairs import Repairs
from troubleshooter.steps.page_capture import taken
from troubleshooter.survey.cleaner import Cleaner
from troubleshooter.survey.findings import NOT_REACHED, VISITED, Findings, KeptPage, PlaceSeen
from troubleshooter.survey.question import Value

if TYPE_CHECKING:
    from playwright.async_api import Page

LIMIT = 120.0
"""Seconds that one place may take; it consists of waits that have limits of their own."""
Look = Callable[["Walk"], Awaitable[None]]


@dataclass(frozen=True)
class Place:
    """A place of the walk."""

    id: str
    title: str
    look: Look
    limit: float = LIMIT
    """Seconds that it may take."""


@dataclass
class Walk:
    """One walk through a tenant, in one private session. It implements `BrowserWork`."""

    asked: PageToSave
    session: Session
    subject: str
    """The user whose photo is asked for."""
    pages: Sequence[str]
    repairs: Repairs
    say: Callable[[str], None]
    """Called with a line when a place has been looked at."""
    findings: Findings = field(default_factory=Findings)
    tab: Page | None = None
    signed_in: bool = False
    place: str = ""
    """The id of the place that is being looked at."""
    _traffic: dict[Page, Traffic] = field(default_factory=dict)

    @cached_property
    def cleaner(self) -> Cleaner:
        """Return what cleans names out of pages for answers."""
        return Cleaner(self.asked.tenant)

    @property
    def timeout(self) -> float:
        """Return the longest single wait, in seconds."""
        return self.asked.settings.timeout

    @property
    def address(self) -> str:
        """Return the URL of the tab."""
        return self.tab.url if self.tab else self.asked.tenant.home

    @property
    def trouble(self) -> asyncio.Future[Stopped] | None:
        """Return a future that is done when the guard stops the walk."""
        return self.session.guard.trouble

    @property
    def main(self) -> Page:
        """Return the tab that the walk goes through."""
        assert self.tab, "the first place opens one"
        return self.tab

    def turn_to(self, tab: Page) -> None:
        """Go on in `tab`."""
        self.traffic(tab)
        self.tab = tab

    def traffic(self, tab: Page) -> Traffic:
        """Return what `tab` requests."""
        if tab not in self._traffic:
            self._traffic[tab] = Traffic(tab)
        return self._traffic[tab]

    async def new_tab(self, *, aside: bool = False) -> Page:
        """Return a new tab; with `aside`, a page that is refused in it does not end the walk."""
        tab = await self.session.tab(aside=aside)
        self.traffic(tab)
        return tab

    async def arrive(self, tab: Page, origin: str) -> None:
        """Wait until `tab` shows a document of `origin`; a silent sign-in on the way completes by itself."""
        hosts = self.session.guard.hosts

        def there(url: str) -> bool:
            return hosts.leads_to(url, origin) and "/_forms/" not in url

        if not await comes_back(tab, there, hosts, short_wait(self.timeout)):
            if hosts.may_type(tab.url):
                raise signed_out(origin)
            await tab.wait_for_url(there, wait_until="commit")
        await tab.wait_for_load_state("domcontentloaded")

    def needs_sharepoint(self) -> None:
        """Raise CannotTell unless the walk has arrived at SharePoint: elsewhere its services can't be asked."""
        if not self.session.guard.hosts.leads_to(self.main.url, self.asked.tenant.sharepoint):
            raise CannotTell(Reason.NOT_REACHED, Message(text="SharePoint was not reached."))

    def enter(self) -> None:
        """Note that the account was let in."""
        self.signed_in = True
        self.findings.enter()

    def answer(self, question: str, value: Value, **details: object) -> None:
        """Keep the answer to a question."""
        self.findings.answer(self.place, question, value, **details)

    async def keep(self, name: str, tab: Page) -> dict[str, MarkSeen]:
        """Keep what `tab` shows under `name`; return which of the documented marks it has."""
        kept = await self.take(name, tab)
        self.findings.keep(self.place, name, kept)
        return kept.marks

    async def take(self, kind: str, tab: Page) -> KeptPage:
        """Return what `tab` shows, a page of this `kind`."""
        people = {self.asked.credentials.username, self.subject}
        return KeptPage(await taken(tab, self.asked.tenant, kind, sorted(people)), await marks_seen(tab, DOCUMENTED))

    async def go(self, places: Sequence[Place]) -> None:
        """Look at each of `places`.

        Raises:
            Stopped: the account was not let in, or the guard stopped the walk; what was found before is kept.
        """
        seen = self.findings.places
        seen |= {place.id: PlaceSeen(place.id, place.title) for place in places}
        for place in places:
            self.place = place.id
            await self._see(place, seen[place.id])
            self.say(f"{place.title}: {seen[place.id].outcome} ({seen[place.id].seconds:.1f} s)")

    async def _see(self, place: Place, seen: PlaceSeen) -> None:
        use, began, outcome = self.repairs.use(), time.monotonic(), VISITED
        try:
            with using(use), translated_errors(self):
                async with asyncio.timeout(place.limit):
                    await place.look(self)
        except LeftOut as error:
            outcome = f"skipped: {error.note.text}"
        except CannotTell as error:
            outcome = f"could not be opened: {error.reason.value}"
        except Stopped as stop:
            outcome = f"could not be opened: {stop.reason.value}"
            if not self.signed_in or (self.trouble and self.trouble.done()):
                raise
        except BrowserFailure:
            outcome = "could not be opened: the browser failed"
            if self.tab is None or self.tab.is_closed():
                raise
        except Exception as error:  # what was seen before it is not lost with a defect in one place
            outcome = f"could not be opened: the product failed here ({type(error).__name__})"
            if not self.signed_in:
                raise
        except asyncio.CancelledError:
            outcome = NOT_REACHED
            raise
        finally:
            seen.end(outcome, time.monotonic() - began, use.matches)


def selector_of(wanted: str) -> str | None:
    """Return the selector by which the locator with the id `wanted` was found in the present place; None if by none."""
    return next((match.selector for match in locators().matches if match.id == wanted), None)


def how_found(wanted: str) -> str:
    """Return by what the locator with the id `wanted` was found in the present place: a word of `FoundBy`."""
    return next((match.by.value for match in locators().matches if match.id == wanted), FoundBy.NOTHING.value)

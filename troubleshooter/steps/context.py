"""What a scenario's steps work with: the session, the camera, and the notes of one run."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error
from playwright.async_api import TimeoutError as WaitedTooLong

from troubleshooter.browser.launch import Options
from troubleshooter.browser.profile_copy import BrowserProfile
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.compare.upload import Checked
from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.evidence.camera import Camera
from troubleshooter.identity.match import Who
from troubleshooter.identity.photo_address import stem_of
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import (
    FoundPage,
    Mixup,
    PhotoFile,
    Picture,
    Placeholder,
    Properties,
    Replaced,
    Sighting,
    Step,
    Unseen,
    WebPartPeople,
)
from troubleshooter.pages import bystanders
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import masked_fields
from troubleshooter.signin.operator import Operator
from troubleshooter.signin.totp import UsedCodes
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.tenant import Tenant
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import ElementHandle, Frame, Locator, Page


@dataclass(frozen=True)
class Beside:
    """A browser profile to compare with, and how its browser is started."""

    profile: BrowserProfile
    browser: Options


@dataclass
class Visit:
    """One run while it is being made."""

    tenant: Tenant
    account: str
    subject: str
    """UPN, in lower case."""
    pages: tuple[str, ...]
    camera: Camera
    password: Callable[[], Secret]
    redactor: Redactor
    timeout: float
    show_others: bool = False
    surfaces: frozenset[Surface] = frozenset(Surface)
    """What to look at."""
    asked: frozenset[Surface] = frozenset()
    """What of that was asked for: by its name, or by `all`."""
    beside: Beside | None = None
    """A browser profile to compare with; None: none was given."""
    account_page: str | None = None
    """Where the account panel's "View account" leads."""
    totp: Secret | None = None
    """The seed of the account's one-time codes."""
    used: UsedCodes = field(default_factory=UsedCodes)
    """The time step of the last of them: a second sign-in sends another one."""
    operator: Operator | None = None
    """Who can be told what to do during sign-in; None: nobody."""
    interactive: bool = False
    """Whether the person signs in alone."""
    signed_in_again: bool = False
    """Whether the account signed in a second time, after the session was lost."""
    session: Session | None = None
    tab: Page | None = None
    """The tab that the steps work in."""
    page: int | None = None
    """Which of `pages` the present step is for."""
    step: str = ""
    signed_in_as: str | None = None
    who: Who = field(default_factory=lambda: Who(""))
    at_home: bool = False
    """Whether sign-in is behind: what a page does from then on can't stop the run."""
    steps: list[Step] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    properties: list[Properties] = field(default_factory=list)
    site_properties: list[Properties] = field(default_factory=list)
    web_parts: list[WebPartPeople] = field(default_factory=list)
    mixups: list[Mixup] = field(default_factory=list)
    found_pages: list[FoundPage] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    note: Message | None = None
    """What the present step has to say although it went well."""
    clock: datetime | None = None
    """The tenant's own time, once a response gave it."""
    photo: PhotoFile | None = None
    """The photo to add."""
    upload: Checked | None = None
    """The same photo as the file was when it was checked: what is sent."""
    replaced: Replaced | None = None
    sent: datetime | None = None
    """When the photo was sent."""
    sent_before: bool = False
    """Whether an earlier run sent it: then this one only looks."""
    unverified: bool = False
    """Whether the present step went by the page's structure alone."""
    left_open: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """The pages that were visited, each in its tab: what looks at it once more."""
    keep: list[tuple[Frame, ElementHandle]] = field(default_factory=list)
    """The subject's cards on the present page: what `photograph` leaves uncovered."""
    _traffic: dict[Page, Traffic] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.who = Who(self.subject)

    @property
    def identity(self) -> Account:
        """Return the account that signs in."""
        return self.tenant.account(self.account)

    @property
    def username(self) -> str:
        """Return the UPN that signs in."""
        return self.identity.username

    @property
    def as_subject(self) -> bool:
        """Return whether the subject's own session is used."""
        return self.username.lower() == self.subject

    @property
    def signed_in(self) -> bool:
        """Return whether sign-in is over."""
        return self.at_home

    @property
    def address(self) -> str:
        """Return the address of the present tab."""
        return self.tab.url if self.tab else self.tenant.home

    @property
    def trouble(self) -> asyncio.Future[Stopped] | None:
        """Return the future that is done when a guard stops the run."""
        return self.session.guard.trouble if self.session else None

    async def new_tab(self, *, aside: bool = False) -> Page:
        """Return a guarded tab whose traffic is watched; `aside` for one whose trouble does not stop the run."""
        assert self.session
        return self.watch(await self.session.tab(aside=aside))

    async def close(self, tab: Page) -> None:
        """Close a tab; one that does not close in time ends with the browser, and holds nothing up."""
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(5):
                await tab.close()

    def watch(self, page: Page) -> Page:
        """Watch the traffic of `page`, and return it."""
        if page not in self._traffic:
            self._traffic[page] = Traffic(page)
        return page

    def traffic(self, page: Page) -> Traffic:
        """Return the traffic of a tab."""
        return self._traffic[self.watch(page)]

    def begin(self, step: str, page: int | None) -> None:
        """Start a step: its pictures are counted anew."""
        self.step, self.page, self.pictures, self.note, self.unverified = step, page, [], None, False

    def pictures_taken(self) -> dict[str, Any]:
        """Return the present step's pictures and how it found its way, as fields of its record."""
        shots = tuple(p.path for p in self.pictures)
        return {"shots": shots, "pictures": tuple(self.pictures), "unverified": self.unverified}

    async def photograph(
        self,
        caption: Message,
        marks: Sequence[tuple[Locator | ElementHandle, Message]] = (),
        page: Page | None = None,
        more: Sequence[str] = (),
    ) -> None:
        """Photograph the tab, with the elements that are acted on marked and everybody but the subject covered.

        Within `more`, locators of places that show people, everything but the subject's cards is covered.
        """
        page = page or self.tab
        assert page
        cover = []
        if not self.show_others:
            hide_me = not self.as_subject
            cover = await bystanders.boxes(page, self.keep, self.who.addresses, hide_me, more)
        # A person who signs in may type on a page that nobody knows.
        typed = masked_fields.typed(page, everything=self.interactive and not self.at_home)
        self.pictures.append(await self.camera.window(page, caption, marks, cover, typed))

    async def last_picture(self, name: str | None) -> None:
        """Photograph where a step ended before its time, and keep the page's HTML, cleaned, where `name` is given."""
        if not self.tab or self.tab.is_closed():
            return
        try:
            async with asyncio.timeout(10):
                await self.photograph(message("Where the step ended"))
                if name:
                    await self._learn_cookies()
                    html = self.redactor.redact_page(await self.tab.content())
                    self.camera.folder.keep(html.encode(), f".{name}.html.txt")
        except (Error, TimeoutError):
            return  # the browser is gone: what was photographed before has to do

    async def _learn_cookies(self) -> None:
        """Let no copy of a page hold what the session's cookies say; short values are settings, and no secrets."""
        assert self.session
        for cookie in await self.session.context.cookies():
            if len(cookie.get("value", "")) >= 16:
                self.redactor.learn(Secret(cookie["value"]))

    def missed(self, surface: Surface, why: Message, reason: Reason | None = None) -> None:
        """Note a surface that could not be seen, unless something nearer was noted about it."""
        if not any(one.surface is surface for one in self.unseen):
            self.cannot_see(surface, why, reason)

    def cannot_see(
        self, surface: Surface | None, why: Message, reason: Reason | None = None, *, status: int | None = None
    ) -> None:
        """Note a surface that could not be seen, once; `status` is that of the answer that refused it."""
        url = self.pages[self.page] if self.page is not None else None
        note = Unseen(surface=surface, page_url=url, reason=reason, why=why, status=status)
        if note not in self.unseen:
            self.unseen.append(note)

    async def arrive(self, origin: str) -> None:
        """Wait until the tab stands on `origin`, with its document there; sign-in on the way goes on by itself."""
        assert self.tab
        there = lambda url: host_of(url) == host_of(origin) and "/_forms/" not in url  # noqa: E731 - said twice
        try:
            await self.tab.wait_for_url(there, wait_until="commit", timeout=min(10.0, self.timeout) * 1000)
        except WaitedTooLong:
            if self.at_sign_in():
                note = message("The session ended before {url}: sign-in is asked for again.", url=origin)
                raise CannotTell(Reason.SIGNED_OUT, note) from None
            await self.tab.wait_for_url(there, wait_until="commit")
        await self.tab.wait_for_load_state("domcontentloaded")

    def at_sign_in(self) -> bool:
        """Return whether the tab stands at sign-in although that is behind: the session ended."""
        if not self.at_home or self.session is None or self.tab is None or self.tab.is_closed():
            return False
        return self.session.guard.hosts.may_type(self.tab.url)

    def learn(self, addresses: frozenset[str], name: str | None, picture: str | None = None) -> None:
        """Note more of the subject's addresses, the display name, and the address of a stored thumbnail."""
        names = self.who.names | ({name} if name else frozenset())
        pictures = self.who.pictures | ({stem_of(picture)} - {""})
        self.who = Who(self.who.upn, self.who.aliases | addresses, names, pictures)


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)

"""An account's private session for quick checks: a tab of SharePoint and one of Outlook, which show pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.batch.picture_tab import PictureTab, ServedPicture
from troubleshooter.batch.session_step import session_step
from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.shared import SharedBrowser
from troubleshooter.errors import CannotTell
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.pages.page_answer import is_throttled
from troubleshooter.run.prepared import PreparedRun
from troubleshooter.steps.picture_visit import load_picture
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces import outlook_photo, userphoto
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

_SIZE = userphoto.SIZES[Surface.USERPHOTO_L]


@dataclass
class _Count:
    """The number of requests that a session made of SharePoint."""

    sharepoint: frozenset[str]
    requests: int = 0

    def note(self, request: Request) -> None:
        self.requests += host_of(request.url) in self.sharepoint


class QuickSession:
    """An account's session, in which pictures of many users are requested."""

    def __init__(self, step: StepRun, count: _Count) -> None:
        self.step = step
        self._count = count
        self._sharepoint: PictureTab | None = None
        self._outlook: PictureTab | None = None
        self._outlook_host = 0
        self._pages: Page | None = None
        self.asked_to_wait = ""
        """A `Retry-After` header of the throttled pictures of the present batch; empty if there is none."""
        self.placeholder: ServedPicture | None = None
        """SharePoint's picture for users without a photo."""

    @classmethod
    async def opened(cls, prepared: PreparedRun, browser: SharedBrowser, folder: RunFolder) -> QuickSession:
        """Open a session that is signed in already.

        Args:
            folder: where pictures of cards are kept while they are compared.

        Raises:
            CannotTell: it is not signed in any more (`signed-out`), or SharePoint does not answer.
        """
        tenant = prepared.tenant
        count = _Count(frozenset(map(host_of, (tenant.sharepoint, tenant.my))))
        opened = cls(await session_step(prepared, browser, folder, count.note), count)
        await opened._open()
        return opened

    async def _open(self) -> None:
        with browser_failures():
            await asyncio.gather(self._open_sharepoint(), self._open_outlook())

    async def _open_sharepoint(self) -> None:
        step = self.step
        url = userphoto.address(step.context.tenant.sharepoint, _SIZE, "")
        tab = await step.workspace.open_tab()
        loaded = await load_picture(step, tab, url)
        if loaded.natural is None:
            throttled = is_throttled(loaded.filled.response.status if loaded.filled else 0, tab.url)
            note = message("{host} did not return its placeholder.", host=host_of(url))
            raise CannotTell(Reason.THROTTLED if throttled else Reason.NOT_REACHED, note)
        self._sharepoint = PictureTab(tab)
        (self.placeholder,) = await self._sharepoint.served([url], step.context.timeout)

    async def _open_outlook(self) -> None:
        """Open Outlook's host, if it serves photos to this session."""
        step = self.step
        tab = await step.workspace.open_tab(aside=True)
        for number, url in enumerate(outlook_photo.addresses(step.context.username)):
            with suppress(CannotTell, BrowserFailure):
                if (await load_picture(step, tab, url)).natural:
                    self._outlook, self._outlook_host = PictureTab(tab), number
                    return
        await step.workspace.close_tab(tab)

    async def page_tab(self) -> Page:
        """Return the tab in which pages are visited, one after the other: a new tab takes as long as a page does."""
        if self._pages is None or self._pages.is_closed():
            self._pages = await self.step.workspace.open_tab()
        return self._pages

    async def drop_page_tab(self) -> None:
        """Close the tab in which a visit failed: whatever is still loading there says nothing about the next page."""
        if self._pages:
            await self.step.workspace.close_tab(self._pages)
        self._pages = None

    @property
    def has_source(self) -> bool:
        """Return whether the source serves photos to this session."""
        return self._outlook is not None

    @property
    def requests(self) -> int:
        """Return how many requests the session has made of SharePoint."""
        return self._count.requests

    async def copies(self, upns: Sequence[str]) -> list[ServedPicture]:
        """Return SharePoint's copy of each user's photo."""
        assert self._sharepoint
        return await self._served(self._sharepoint, map(self._copy_url, upns))

    async def sources(self, upns: Sequence[str]) -> Sequence[ServedPicture | None]:
        """Return each user's photo at the source; None for all if the source serves none to this session."""
        if self._outlook is None:
            return [None] * len(upns)
        return await self._served(self._outlook, map(self._source_url, upns))

    def keep(self, upn: str, copy: ServedPicture, source: ServedPicture | None) -> None:
        """Keep what was answered of a user whose other picture was throttled, until that one is asked for again."""
        if source is None:
            return
        if self._sharepoint and source.throttled and not copy.throttled:
            self._sharepoint.keep(self._copy_url(upn), copy)
        if self._outlook and copy.throttled and not source.throttled:
            self._outlook.keep(self._source_url(upn), source)

    def _copy_url(self, upn: str) -> str:
        return userphoto.address(self.step.context.tenant.sharepoint, _SIZE, upn)

    def _source_url(self, upn: str) -> str:
        return outlook_photo.addresses(upn)[self._outlook_host]

    async def _served(self, tab: PictureTab, urls: Iterable[str]) -> list[ServedPicture]:
        served = await tab.served(list(urls), self.step.context.timeout)
        self.asked_to_wait = next((one.retry_after for one in served if one.throttled), self.asked_to_wait)
        return served

"""A private browser session whose tabs are all guarded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.documents import DocumentGuard
from troubleshooter.browser.follow import new_window_address
from troubleshooter.browser.guard import Guard
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.unexpected_host import unexpected_host
from troubleshooter.browser.windows import Windows

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page


class Session:
    """A private browser session whose tabs are all guarded."""

    def __init__(self, context: BrowserContext, guard: Guard, limit: float, *, by_name: bool = False) -> None:
        """Guard the tabs of `context`.

        Args:
            limit: the longest single wait, in seconds.
            by_name: whether the browser resolves only the allowed hosts, so that nothing is intercepted.
        """
        self.context = context
        self.guard = guard
        self._limit = limit
        self._windows = Windows(context)
        self._documents = DocumentGuard(context, guard, self._windows, by_name=by_name)

    async def forbid_windows(self) -> None:
        """Prevent every page of this session from opening windows. Called once, before the first tab."""
        await self._windows.forbid()

    async def tab(self, *, aside: bool = False) -> Page:
        """Return a new tab, guarded before it navigates.

        Args:
            aside: whether a page refused in this tab is only recorded, and does not stop the run.
        """
        page = await self._windows.open()
        await self._documents.attach(page, aside=aside)
        return page

    async def frames_guarded(self) -> None:
        """Wait until the frames that have appeared so far are guarded."""
        await self._documents.attached()

    async def follow(
        self, page: Page, click: Callable[[], Awaitable[None]], unless: Callable[[], Awaitable[Any]] | None = None
    ) -> Page:
        """Run `click` on `page` and return the guarded tab in which the clicked URL opens.

        That is a new tab if the click opens one, and `page` otherwise. The document of the new tab is requested once,
        by the guarded tab.

        Args:
            unless: also ends the wait; once it is done, the click counts as having opened nothing: `page` is returned.
        """
        address = await new_window_address(self._windows, page, click, unless, self._limit)
        if address is None:
            return page
        if not self.guard.hosts.may_visit(address):
            self.guard.refuse(address, whole_page=True)
            raise unexpected_host(address, self.guard.hosts.sites)
        tab = await self.tab()
        await open_page(tab, address, "commit", referer=page.url)
        return tab

"""Keeps pages from opening windows by themselves, because the first document in such a window would be unguarded."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from troubleshooter.browser.background import BackgroundTasks
from troubleshooter.browser.failures import or_default, read_or_default
from troubleshooter.browser.new_tab import new_tab

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Request

_FORBID = """((key) => {
  const native = window.open;
  let asked = false;
  window.addEventListener(key + '-on', () => { asked = true; }, true);
  window.addEventListener(key + '-off', () => { asked = false; }, true);
  window.open = function (...where) { return asked ? native.apply(this, where) : null; };
  const stray = (event) => {
    const link = event.composedPath().find((n) => n.matches && n.matches('a[target], area[target], form[target]'));
    if (!asked && link && /^_(blank|new)$/i.test(link.target)) event.preventDefault();
  };
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function () {
    if (asked || !/^_(blank|new)$/i.test(this.target)) submit.call(this);
  };
  for (const name of ['click', 'auxclick', 'submit']) window.addEventListener(name, stray, true);
})"""
_ALLOW = "(name) => window.dispatchEvent(new Event(name))"


class Windows:
    """The windows of a browser context; windows that the product did not open are closed."""

    def __init__(self, context: BrowserContext) -> None:
        self.expecting = False
        """Whether a click is being followed, in which case the window that it opens is not closed."""
        self._context = context
        self._key = f"troubleshooter-follow-{secrets.token_hex(8)}"  # secret, so no page can allow itself a window
        self._ours: set[Page] = set()
        self._opening = 0
        self._tasks = BackgroundTasks()
        context.on("page", self._close_stray)

    async def forbid(self) -> None:
        """Prevent pages from opening windows by themselves. Called once, before the first window."""
        await self._context.add_init_script(f"{_FORBID}({json.dumps(self._key)})")

    async def open(self) -> Page:
        """Return a new window."""
        self._opening += 1
        try:
            page = await new_tab(self._context)
            self._ours.add(page)
        finally:
            self._opening -= 1
        return page

    def is_ours(self, request: Request) -> bool:
        """Return whether `request` comes from a window that the product opened."""
        # A popup's first request comes before its frame exists.
        return read_or_default(lambda: request.frame.page in self._ours, False)

    @contextmanager
    def expecting_one(self) -> Iterator[None]:
        """Within the block, do not close windows that a page opens."""
        self.expecting = True
        try:
            yield
        finally:
            self.expecting = False

    @asynccontextmanager
    async def allowed_on(self, page: Page) -> AsyncIterator[None]:
        """Within the block, allow `page` and its frames to open windows."""
        await self._tell(page, "on")
        try:
            yield
        finally:
            await self._tell(page, "off")

    async def _tell(self, page: Page, state: str) -> None:
        for frame in page.frames:
            await or_default(frame.evaluate(_ALLOW, f"{self._key}-{state}"), None)

    def _close_stray(self, page: Page) -> None:
        if not self.expecting and not self._opening and page not in self._ours:
            self._tasks.start(or_default(page.close(), None))

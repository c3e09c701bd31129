"""Inspects what the tab of a sign-in shows, and whether that has changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import in_time, or_default
from troubleshooter.browser.patience import patience
from troubleshooter.model.message import message
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.signin import elements
from troubleshooter.signin.probe import Probe, script

if TYPE_CHECKING:
    from playwright.async_api import Page

_SHORTEST = 0.1
"""The shortest wait for a change, in seconds."""
_BETWEEN = 1.0
"""Seconds between two looks into the frames of a page."""
_GRACE = 5.0
"""Seconds after which a wait is ended if Playwright did not end it in time."""
_CHANGED = """([old, url]) => {
    const now = (PROBE)();
    const sorted = JSON.stringify(now, Object.keys(now).sort());
    return location.href !== url || sorted !== JSON.stringify(JSON.parse(old), Object.keys(now).sort());
}"""


@dataclass
class PageView:
    """The page of one sign-in, as a person sees it."""

    page: Page
    refused: Callable[[], Sequence[str]]
    """Return the URLs of the frames that were not loaded so far because their host is not allowed."""
    _before: int = field(init=False)

    def __post_init__(self) -> None:
        self._before = len(self.refused())

    def refused_since(self) -> Sequence[str]:
        """Return the URLs of the frames that were refused during this sign-in."""
        return self.refused()[self._before :]

    async def probe(self) -> Probe:
        """Return what the page shows; a page in the middle of a navigation shows nothing."""
        found: dict[str, Any] = await or_default(self.page.evaluate(script()), {}, unless_closed=self.page)
        if found and not found["me_control"]:
            found["me_control"] = await self._has_home_in_frame()
        return Probe(url=self.page.url, refused_frame=await self._shows_refused_frame(), **found)

    async def _has_home_in_frame(self) -> bool:
        """Return whether a frame shows the account button: the home page may be in one (real pages 1.11)."""
        for frame in self.page.frames[1:]:
            inside: dict[str, Any] = await or_default(frame.evaluate(script()), {})
            if inside.get("me_control"):
                return True
        return False

    async def _shows_refused_frame(self) -> bool:
        """Return whether a refused frame is visible; an invisible one deceives nobody."""
        if not self.refused_since():
            return False
        for frame in self.page.frames[1:]:
            # The frame was blocked, or it was loaded before its guard was in place and then recorded.
            refused = frame.url.startswith("chrome-error:") or redact_address(frame.url) in self.refused_since()
            if refused and await or_default(elements.is_in_sight(frame), False):
                return True
        return False

    async def changed(self, before: Probe, seconds: float) -> bool:
        """Wait until the page shows something different from `before`; return whether it does."""
        old = json.dumps(before.model_dump(exclude={"url", "refused_frame"}), sort_keys=True)
        with patience().wait(message("the sign-in to go on"), max(seconds, _SHORTEST)) as wait:
            try:
                async with asyncio.timeout(wait.seconds + _GRACE):
                    return await self._changes(before, old, wait.seconds)
            except TimeoutError:
                return False

    async def _changes(self, before: Probe, old: str, seconds: float) -> bool:
        looks, left = _CHANGED.replace("PROBE", script()), seconds
        while True:
            # What is drawn in a frame changes nothing in the page around it: frames are looked into once in a while.
            part = min(left, _BETWEEN) if before.frames and not before.me_control else left
            waiting = self.page.wait_for_function(looks, arg=[old, before.url], timeout=part * 1000)
            # A failure means that the document was left.
            if await or_default(in_time(waiting), True, unless_closed=self.page):
                return True
            if not before.me_control and await self._has_home_in_frame():
                return True
            left -= part
            if left <= 0:
                return False

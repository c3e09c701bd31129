"""What the tab shows, and whether it shows something else by now."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error
from playwright.async_api import TimeoutError as WaitedTooLong

from troubleshooter.redaction.patterns import redact_address
from troubleshooter.signin import elements
from troubleshooter.signin.probe import SCRIPT, Probe

if TYPE_CHECKING:
    from playwright.async_api import Page

_CHANGED = f"""([old, url]) => {{
    const now = ({SCRIPT})();
    const sorted = JSON.stringify(now, Object.keys(now).sort());
    return location.href !== url || sorted !== JSON.stringify(JSON.parse(old), Object.keys(now).sort());
}}"""


@dataclass
class View:
    """The page of one sign-in, as it is seen."""

    page: Page
    refused: Callable[[], Sequence[str]]
    """Addresses of frames that were not loaded so far because their host is not allowed."""
    _before: int = field(init=False)

    def __post_init__(self) -> None:
        self._before = len(self.refused())

    def refused_since(self) -> Sequence[str]:
        """Return the addresses of frames that were refused during this sign-in."""
        return self.refused()[self._before :]

    async def probe(self) -> Probe:
        """Return what the page shows; a page in the middle of a navigation shows nothing."""
        try:
            found = await self.page.evaluate(SCRIPT)
        except Error:
            if self.page.is_closed():
                raise
            found = {}
        if not found.get("me_control"):
            for frame in self.page.frames[1:]:
                try:
                    found["me_control"] = (await frame.evaluate(SCRIPT))["me_control"]
                except Error:
                    continue
                if found["me_control"]:
                    break
        return Probe(url=self.page.url, refused_frame=await self._refused_in_sight(), **found)

    async def _refused_in_sight(self) -> bool:
        """Return whether a person sees a frame that was refused; nobody is led astray by one that nobody sees."""
        if not self.refused_since():
            return False
        for frame in self.page.frames[1:]:
            try:
                # Blocked; or loaded before anybody stood by it, and noted then.
                gone = frame.url.startswith("chrome-error:") or redact_address(frame.url) in self.refused_since()
                if gone and await elements.in_sight(frame):
                    return True
            except Error:
                continue  # the frame went away
        return False

    async def changed(self, before: Probe, seconds: float) -> bool:
        """Wait until the page shows something else than `before`; return whether it does."""
        old = json.dumps(before.model_dump(exclude={"url", "refused_frame"}), sort_keys=True)
        try:
            async with asyncio.timeout(max(seconds, 0.1) + 5):
                await self.page.wait_for_function(_CHANGED, arg=[old, before.url], timeout=max(seconds, 0.1) * 1000)
        except (WaitedTooLong, TimeoutError):
            return False
        except Error:
            if self.page.is_closed():
                raise
            return True  # the document went away
        return True

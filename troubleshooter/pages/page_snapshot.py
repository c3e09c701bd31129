"""Takes a page as plain data: the document of the tab and those of its frames."""

from __future__ import annotations

import asyncio
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import or_default

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page

_SNAPSHOT = files("troubleshooter.pages").joinpath("snapshot.js").read_text(encoding="utf-8")
_NUMBER = """(element, number) => {
  const key = Symbol.for('troubleshooter.frames');
  const document = element.ownerDocument;
  (document[key] = document[key] || new WeakMap()).set(element, number);
}"""
_SETTINGS = (
    *("pgid", "hpgid", "hpgact", "sErrorCode", "iErrorCode", "sPageMode", "slMaxRetry"),
    *("iRemainingDaysToSkipMfaRegistration", "iPollingTimeout"),
)
"""Settings of a sign-in page that say which page it is and what went wrong (sign-in and home 1.1, 1.4, 1.7: A)."""
_LIMITS = {"parts": 40_000, "depth": 400, "text": 4000, "value": 20_000, "requests": 400, "settings": list(_SETTINGS)}
_MOST_FRAMES = 30
_FRAME_SECONDS = 5.0
"""Seconds that one frame may take to say what it shows: one that hangs is left out."""


async def taken(page: Page) -> str:
    """Return what `page` and its frames show, as JSON: the data that `capture` writes a page from."""
    main = page.main_frame
    return json.dumps(await _document(main, 0))


async def _document(frame: Frame, depth: int) -> dict[str, Any]:
    inner: dict[int, Frame] = {}
    if depth < 3:
        for child in frame.child_frames[:_MOST_FRAMES]:
            element = await or_default(child.frame_element(), None)
            if element and await or_default(element.evaluate(_NUMBER, len(inner)), True) is None:
                inner[len(inner)] = child
    found: dict[str, Any] = json.loads(await frame.evaluate(_SNAPSHOT, _LIMITS))
    found["frames"] = {}
    for number, child in inner.items():
        document = await _in_time(child, depth + 1)
        if document:
            found["frames"][str(number)] = document
    return found


async def _in_time(frame: Frame, depth: int) -> dict[str, Any] | None:
    try:
        async with asyncio.timeout(_FRAME_SECONDS):
            return await or_default(_document(frame, depth), None)
    except TimeoutError:
        return None

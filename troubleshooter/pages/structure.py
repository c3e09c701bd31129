"""Finds elements by a page's structure where no source gives a locator: by scripts, on the page and in its frames."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import in_time, or_default

if TYPE_CHECKING:
    from playwright.async_api import Frame, Locator, Page

_FOLDER = files("troubleshooter.pages")
_DOM = _FOLDER.joinpath("dom.js").read_text(encoding="utf-8")
_EVERY_MS = 30
"""How often a page is searched for what is awaited, in ms: a search takes about one."""
_AGAIN = 0.5
"""Seconds after which the frames are looked at again, if nothing has come on the page itself."""


def script(name: str) -> str:
    """Return the script `name` of this folder, preceded by the code that all scripts share."""
    return f"(given) => {{ {_DOM} {_FOLDER.joinpath(name).read_text(encoding='utf-8')} }}"


_REMEMBER = f"() => {{ {_DOM} remember(); }}"


async def remember(page: Page) -> None:
    """Remember what `page` shows now, so that scripts can tell what appears after the next click."""
    for frame in page.frames:
        await or_default(frame.evaluate(_REMEMBER), None)


async def evaluate(page: Page, text: str, given: Mapping[str, Any]) -> tuple[Frame, dict[str, Any]] | None:
    """Return the first result of the script `text` in a frame of `page`, with the frame; None if it finds nothing."""
    for frame in page.frames:
        answer = await or_default(frame.evaluate(text, given), None)
        if answer:
            return frame, answer
    return None


async def wait(page: Page, text: str, given: Mapping[str, Any], seconds: float) -> tuple[Frame, dict[str, Any]] | None:
    """Return the result of `evaluate` as soon as the script finds something; None after `seconds`."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        if found := await evaluate(page, text, given):
            return found
        left = deadline - loop.time()
        if left <= 0:
            return None
        limit = min(left, _AGAIN) * 1000
        await in_time(page.wait_for_function(text, arg=given, timeout=max(limit, 1), polling=_EVERY_MS))


def of_mark(name: str) -> str:
    """Return the selector of what a script marked with `name`."""
    return f'[data-troubleshooter="{name}"]'


def marked(frame: Frame, name: str) -> Locator:
    """Return the element that a script marked with `name`."""
    return frame.locator(of_mark(name))

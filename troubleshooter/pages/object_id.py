"""The directory object id in the address of the picture that an element shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default

if TYPE_CHECKING:
    from playwright.async_api import Locator

_DRAWN = """(e) => [e, ...e.querySelectorAll('*')].map((n) =>
  `${n.currentSrc || n.src || ''} ${getComputedStyle(n).backgroundImage}`).join(' ')"""
_OBJECT_ID = re.compile(r"(?:/users/|aadobjectid=)([0-9a-f]{8}-[0-9a-f-]{27})", re.IGNORECASE)
"""Real pages 2.4 (B); sign-in and home §3."""


async def object_id(locator: Locator) -> str:
    """Return the directory object id in the URL of the picture that an element shows, else an empty string."""
    found = _OBJECT_ID.search(str(await or_default(locator.evaluate(_DRAWN), "")))
    return found[1].lower() if found else ""

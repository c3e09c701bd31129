"""Lists the apps that a page shows by name, and what kind of element stands for each."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.pages.launcher import OTHERS

if TYPE_CHECKING:
    from playwright.async_api import Page

_SHOWN = files("troubleshooter.pages").joinpath("apps_shown.js").read_text(encoding="utf-8")


async def apps_shown(page: Page) -> list[dict[str, object]]:
    """Return what kind of element each known app on `page` is, where it leads, and how many have its name."""
    names = ("app", "element", "role", "leads to", "has an id", "elements of that name")
    rows: list[dict[str, object]] = []
    for frame in page.frames:
        found: list[object] = await or_default(frame.evaluate(_SHOWN, {"names": list(OTHERS)}), [])
        rows += [dict(zip(names, row, strict=False)) for row in found if isinstance(row, list)]
    return rows

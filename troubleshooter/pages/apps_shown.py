"""Lists the apps that a page shows by name, and what kind of element stands for each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.pages import structure
from troubleshooter.pages.launcher import OTHERS

if TYPE_CHECKING:
    from playwright.async_api import Page

_SHOWN = structure.script("apps_shown.js")


@dataclass(frozen=True)
class AppShown:
    """One element that has the name of an app."""

    name: str
    tag: str
    role: str
    part: str
    """The kind of the part of the page that it stands in: a role, or the name of an element."""
    address: str
    """Where it leads, as the page says it; empty if it doesn't say."""
    by: str
    """The attribute that says it."""
    id: bool
    """Whether it has an id."""
    shown: bool
    """Whether a person sees it."""
    chosen: bool
    """Whether it is what was noted as the app's icon."""


async def apps_shown(page: Page, *, of: str = "") -> list[AppShown]:
    """Return the elements on `page` that have the name of a known app: of most the first two that are shown.

    Args:
        of: an app of which all are listed, also those that nobody sees.
    """
    rows: list[AppShown] = []
    for frame in page.frames:
        found: object = await or_default(frame.evaluate(_SHOWN, {"names": list(OTHERS), "all": of}), [])
        rows += [AppShown(**row) for row in found if _is_row(row)] if isinstance(found, list) else []
    return rows


def _is_row(row: object) -> bool:
    """Return whether `row` is one, and nothing that a script of the page made."""
    kinds = {field.name: bool if field.type == "bool" else str for field in fields(AppShown)}
    there = isinstance(row, dict) and row.keys() == kinds.keys()
    return there and isinstance(row, dict) and all(type(row[name]) is kind for name, kind in kinds.items())

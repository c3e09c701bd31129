"""Which locators belong to which kind of page, and which of them find something on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from troubleshooter.browser.locator_use import locators
from troubleshooter.model.locators import FoundBy, LocatorDefinition
from troubleshooter.pages.marks_seen import MarkSeen, every_mark_seen
from troubleshooter.steps.locator_catalogue import CATALOGUE

if TYPE_CHECKING:
    from playwright.async_api import Page

_SIGN_IN = "sign-in"
_OF_NO_PAGE = frozenset({"privacy", "picture-document"})
"""Locators that any page has something for: they say nothing about it."""
_OF_ANYTHING = frozenset({"photo-dialog", "person"})
"""Pages of the catalogue whose structural selectors match any button, any dialog, any row of a list."""
_HOME = frozenset({"home", "account-panel"})
_SHAREPOINT = frozenset({"suite-header", "account-panel"})
_SITE_PAGE = _SHAREPOINT | {"site-page", "person", "profile-card"}
_PAGES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(("home", "launcher", "all-apps", "account-panel"), _HOME),
        "photo-window": _HOME | {"photo-dialog", "account-page", "my-account"},
        "my-account": frozenset({"my-account", "account-page", "account-panel", "photo-dialog"}),
        "start-page": _SHAREPOINT,
        "sharepoint": _SHAREPOINT | {"people-search", "person"},
        **dict.fromkeys(("site-page", "profile-card"), _SITE_PAGE),
        **{kind: frozenset({f"{kind}-header", "account-panel"}) for kind in ("onedrive", "outlook", "teams")},
    }
)
"""By kind of page, the pages of the catalogue whose locators are looked for there; any on a kind that is not listed."""


@dataclass(frozen=True)
class SelectorSeen:
    """A selector that finds something on a page."""

    locator: str
    """The id of the locator."""
    selector: str | None
    """None for a repair: whoever wrote it may have put a name into it."""
    by: FoundBy
    found: int
    visible: int

    def __str__(self) -> str:
        """Return it as a saved page says it."""
        how = self.selector or "a repair"
        structure = " (by structure)" if self.by is FoundBy.STRUCTURE else ""
        return f"{self.locator}: {how}{structure}: {self.found} found, {self.visible} visible"


def belongs(page: str, kind: str) -> bool:
    """Return whether locators of the catalogue's `page` say anything on a page of this `kind`."""
    if kind.startswith(_SIGN_IN) or page == _SIGN_IN:
        return kind.startswith(_SIGN_IN) and page == _SIGN_IN
    return page not in _OF_NO_PAGE and (page == kind or page in _PAGES.get(kind, {page}))


async def locators_on(tab: Page, kind: str) -> tuple[SelectorSeen, ...]:
    """Return every selector of the locators that belong to this `kind` of page and find something on `tab`.

    Selectors that rely on structure are left out where a documented one finds something, and those that match any
    button or row.
    """
    wanted = {id_: row for id_, row in CATALOGUE.items() if belongs(row.page, kind)}
    seen = await every_mark_seen(tab, {id_: locators().selectors(row) for id_, row in wanted.items()})
    rows = {id_: [_row(wanted[id_], mark) for mark in marks] for id_, marks in seen.items()}
    return tuple(
        row
        for id_, found in rows.items()
        for row in found
        if row.by is not FoundBy.STRUCTURE or (found[0].by is row.by and wanted[id_].page not in _OF_ANYTHING)
    )


def _row(definition: LocatorDefinition, mark: MarkSeen) -> SelectorSeen:
    use = locators()
    selector = use.selectors(definition)[mark.position]
    if mark.position < len(use.repairs.get(definition.id, ())):
        return SelectorSeen(definition.id, None, FoundBy.REPAIR, mark.count, mark.visible)
    by = FoundBy.STRUCTURE if selector in definition.by_structure else FoundBy.LOCATOR
    return SelectorSeen(definition.id, selector, by, mark.count, mark.visible)

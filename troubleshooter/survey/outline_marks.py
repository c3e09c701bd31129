"""Says which elements of a saved page the product's locators match, and what it clicked and found there."""

from __future__ import annotations

from collections.abc import Iterable

import soupsieve
from bs4 import BeautifulSoup, Tag

from troubleshooter.capture.page import MARK, MARK_LOCATOR
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.steps.locator_catalogue import CATALOGUE
from troubleshooter.steps.page_locators import belongs

_MOST = 200
"""How many elements are marked for one selector."""
_PEOPLE = "person"
_WINDOW = "photo-dialog"
_PRESSED = ("-button", "-icon", "-link", "waffle", "all-apps")
"""Ends of the ids of what is pressed."""
_PRESSABLE = ("a", "button", "input")
_ROLES = frozenset({"button", "link", "menuitem", "option", "tab"})
_STEPS = 3
"""How far above an element that is pressed its button may be."""


def marks_on(soup: BeautifulSoup, page: BeautifulSoup) -> dict[int, list[str]]:
    """Return what is said about the elements of a document, by the elements' identity.

    Args:
        page: the document that says which kind of page it is: of a frame, the one around it.
    """
    marks: dict[int, list[str]] = {}
    for id_ in _looked_for(page):
        matched = _matches(CATALOGUE[id_], soup)
        for tag, said in matched:
            marks.setdefault(id(tag), []).append(said)
        known = {id(tag) for tag, _ in matched}
        for button in _buttons_around(tag for tag, _ in matched) if id_.endswith(_PRESSED) else ():
            if id(button) not in known:
                marks.setdefault(id(button), []).append(f"around {id_}")
    for tag in soup.select("[data-captured-found]"):
        marks.setdefault(id(tag), []).append(f"{tag['data-captured-found']} (by structure)")
        if str(tag["data-captured-found"]).startswith(_WINDOW) and (window := tag.find_parent(role="dialog")):
            marks.setdefault(id(window), []).append(f"{_WINDOW}.window (by structure)")
    for tag in soup.select("[data-captured-clicked]"):
        marks.setdefault(id(tag), []).append(f"(clicked {tag['data-captured-clicked']})")
    return marks


def _looked_for(page: BeautifulSoup) -> list[str]:
    """Return the ids of the locators that find something on the page and belong to its kind."""
    about = page.select_one(f'meta[name="{MARK}"]')
    kind = str(about.get("content")).partition(";")[0].removeprefix("kind=") if about else ""
    ids = [str(meta.get("content")).partition(":")[0] for meta in page.select(f'meta[name="{MARK_LOCATOR}"]')]
    return [id_ for id_ in dict.fromkeys(ids) if id_ in CATALOGUE and belongs(CATALOGUE[id_].page, kind)]


def _matches(definition: LocatorDefinition, soup: BeautifulSoup) -> list[tuple[Tag, str]]:
    """Return which elements a locator matches, by each of its selectors; by structure only if by no other."""
    if definition.page == _WINDOW:
        return []  # any button matches; the survey notes which are meant
    found: list[tuple[Tag, str]] = []
    for selector in definition.selectors:
        also = " (also)" if found else ""
        known = {id(tag) for tag, _ in found}
        matched = soupsieve.select(selector, soup, limit=_MOST)
        found += [(tag, f"{definition.id}{also}") for tag in matched if id(tag) not in known]
    for selector in definition.by_structure if not found and definition.page != _PEOPLE else ():
        if matched := soupsieve.select(selector, soup, limit=_MOST):
            return [(tag, f"{definition.id} (by structure)") for tag in matched]
    return found


def _buttons_around(tags: Iterable[Tag]) -> list[Tag]:
    """Return the buttons and links close around those of `tags` that are none themselves."""
    inner = [tag for tag in tags if not _is_pressed(tag)]
    around = [next((one for one in list(tag.parents)[:_STEPS] if _is_pressed(one)), None) for tag in inner]
    return list({id(one): one for one in around if one}.values())


def _is_pressed(tag: Tag) -> bool:
    return tag.name in _PRESSABLE or str(tag.get("role", "")) in _ROLES

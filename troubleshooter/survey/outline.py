"""Lists what a saved page consists of, one element a line: what somebody needs who writes locators for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import soupsieve
from bs4 import BeautifulSoup, Tag

from troubleshooter.capture.page import MARK, MARK_LOCATOR
from troubleshooter.steps.locator_catalogue import CATALOGUE

_MOST_LINES = 1500
_LONGEST = 60
_SHOWN = frozenset(
    """a button input select textarea img iframe dialog nav header footer main aside form canvas h1 h2 h3
    title template""".split()  # noqa: SIM905 - shorter than a list
)
_TOLD = re.compile(r"role|type|name|href|title|alt|aria-.*|data-(?!captured-srcset|troubleshooter).*|contenteditable")
_ELSEWHERE = frozenset({"people-search", "outlook-header", "teams-header", "onedrive-header", "my-account"})
_QUIET = frozenset({"html", "head", "body", "meta", "script", "link", "style", "svg", "path", "use", "br"})


def outline(data: bytes) -> str:
    """Return the outline of a saved page: tags, ids, classes, roles, attributes and replaced texts, nested."""
    lines: list[str] = []
    for depth, line in _document(BeautifulSoup(data, "html.parser"), 0):
        if len(lines) >= _MOST_LINES:
            lines.append("… and more: the page itself has everything")
            break
        lines.append("  " * depth + line)
    return "\n".join(lines) + "\n"


def _document(soup: BeautifulSoup, depth: int) -> Iterator[tuple[int, str]]:
    found = _found(soup)
    for part in soup.children:
        if isinstance(part, Tag):
            yield from _element(part, depth, found)


def _found(soup: BeautifulSoup) -> dict[int, list[str]]:
    """Return which locators match which elements, by the elements' identity."""
    ids = [str(meta.get("content")).partition(":")[0] for meta in soup.select(f'meta[name="{MARK_LOCATOR}"]')]
    found: dict[int, list[str]] = {}
    kind = _kind(soup)
    for id_ in (one for one in ids if one in CATALOGUE and _belongs(CATALOGUE[one].page, kind)):
        for selector in CATALOGUE[id_].all:
            if matched := soupsieve.select(selector, soup):
                for tag in matched[:20]:
                    found.setdefault(id(tag), []).append(id_)
                break
    return found


def _kind(soup: BeautifulSoup) -> str:
    about = soup.select_one(f'meta[name="{MARK}"]')
    return str(about.get("content")).partition(";")[0].removeprefix("kind=") if about else ""


def _belongs(page: str, kind: str) -> bool:
    """Return whether locators of `page` say anything on a page of this `kind`: many are for any button or link."""
    if kind.startswith("sign-in") or page == "sign-in":
        return kind.startswith("sign-in") and page == "sign-in"
    return page not in _ELSEWHERE and (page != "photo-dialog" or kind == "photo-window")


def _element(tag: Tag, depth: int, found: dict[int, list[str]]) -> Iterator[tuple[int, str]]:
    told = _is_told(tag) or id(tag) in found
    if told:
        yield depth, _line(tag, found.get(id(tag), []))
    if tag.name == "iframe" and tag.get("srcdoc"):
        yield from _document(BeautifulSoup(str(tag["srcdoc"]), "html.parser"), depth + 1)
    for part in tag.children:
        if isinstance(part, Tag):
            yield from _element(part, depth + told, found)


def _is_told(tag: Tag) -> bool:
    if tag.name in _QUIET:
        return False
    marked = any(name in ("id", "role") or name.startswith(("data-", "aria-label")) for name in tag.attrs)
    return marked or tag.name in _SHOWN or "-" in tag.name or (bool(_text(tag)) and bool(tag.get("class")))


def _line(tag: Tag, locators: list[str]) -> str:
    named = f"#{tag['id']}" if tag.get("id") else ""
    classes = "".join(f".{name}" for name in (tag.get("class") or [])[:4])
    rows = [f"[{name}={_short(str(value))}]" for name, value in tag.attrs.items() if _TOLD.fullmatch(name)]
    text = _text(tag)
    hidden = " (not shown)" if "display:none" in str(tag.get("style", "")).replace(" ", "") else ""
    by = f"  <== {', '.join(dict.fromkeys(locators))}" if locators else ""
    said = f' "{text}"' if text else ""
    return f"{tag.name}{named}{classes} {' '.join(rows)}".rstrip() + said + hidden + by


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _text(tag: Tag) -> str:
    return " ".join(" ".join(part for part in tag.find_all(string=True, recursive=False)).split())[:_LONGEST]

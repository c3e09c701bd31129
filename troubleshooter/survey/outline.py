"""Lists what a saved page consists of, one element a line: what somebody needs who writes locators for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag

from troubleshooter.capture.legend import LEGEND
from troubleshooter.survey.outline_marks import marks_on

_MOST_LINES = 1500
_LONGEST = 60
_SHOWN = frozenset(
    """a button input select textarea img iframe dialog nav header footer main aside form canvas h1 h2 h3
    title template""".split()  # noqa: SIM905 - shorter than a list
)
_TOLD = re.compile(
    r"role|type|name|href|title|alt|aria-.*|contenteditable|data-(?!captured-(?:srcset|hidden|clicked|found)).*"
)
_QUIET = frozenset({"html", "head", "body", "meta", "script", "link", "style", "svg", "path", "use", "br"})
_HIDDEN = "data-captured-hidden"
_NATURAL = re.compile(r"width='(\d+)' height='(\d+)'")
_ABOUT = (
    'One element a line, nested as on the page: tag, #id, .class, [attribute=value], "text".',
    '"<== id" marks what the locator of that id matches, "(also)" what a less trusted selector of it does; "around id" '
    "what would be pressed there. `troubleshooter locators` lists them. (clicked 1): what was clicked first.",
    "(not shown): the page hides it or what is around it, has it beside the page, clipped, or transparent.",
)


def outline(data: bytes) -> str:
    """Return the outline of a saved page: tags, ids, classes, roles, attributes and replaced texts, nested."""
    lines = [f"# {line}" for line in (*_ABOUT, *LEGEND)]
    for depth, line in _document(BeautifulSoup(data, "html.parser"), 0, "", None):
        if len(lines) >= _MOST_LINES:
            lines.append("… and more: the page itself has everything")
            break
        lines.append("  " * depth + line)
    return "\n".join(lines) + "\n"


def _document(soup: BeautifulSoup, depth: int, unseen: str, within: BeautifulSoup | None) -> Iterator[tuple[int, str]]:
    """Yield the lines of a document; a frame's is `within` another, which says what kind of page it is."""
    marks = marks_on(soup, within or soup)
    for part in soup.children:
        if isinstance(part, Tag):
            yield from _element(part, (depth, unseen), marks, within or soup)


def _element(
    tag: Tag, at: tuple[int, str], marks: Mapping[int, list[str]], page: BeautifulSoup
) -> Iterator[tuple[int, str]]:
    depth, unseen = at
    unseen = {"no": "", "": unseen}.get(said := str(tag.get(_HIDDEN, "")), said)
    told = _is_told(tag) or id(tag) in marks
    if told:
        yield depth, _line(tag, unseen, marks.get(id(tag), []))
    if tag.name == "iframe" and tag.get("srcdoc"):
        yield from _document(BeautifulSoup(str(tag["srcdoc"]), "html.parser"), depth + 1, unseen, page)
    for part in tag.children:
        if isinstance(part, Tag):
            yield from _element(part, (depth + told, unseen), marks, page)


def _is_told(tag: Tag) -> bool:
    if tag.name in _QUIET:
        return False
    names = [name for name in tag.attrs if not name.startswith("data-captured-")]
    marked = any(name in ("id", "role") or name.startswith(("data-", "aria-label")) for name in names)
    return marked or bool(tag.get("title")) or tag.name in _SHOWN or "-" in tag.name or bool(_text(tag))


def _line(tag: Tag, unseen: str, marks: list[str]) -> str:
    named = f"#{tag['id']}" if tag.get("id") else ""
    classes = "".join(f".{name}" for name in (tag.get("class") or [])[:4])
    rows = [f"[{name}={_short(str(value))}]" for name, value in tag.attrs.items() if _TOLD.fullmatch(name)]
    if natural := _NATURAL.search(str(tag.get("src", ""))):
        rows.append(f"natural {natural[1]}x{natural[2]}")
    text = _text(tag)
    said = f' "{text}"' if text else ""
    why = f": {unseen}" if unseen not in ("", "display") else ""
    hidden = f" (not shown{why})" if unseen else ""
    by = f"  <== {', '.join(dict.fromkeys(marks))}" if marks else ""
    return f"{tag.name}{named}{classes} {' '.join(rows)}".rstrip() + said + hidden + by


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _text(tag: Tag) -> str:
    return " ".join(" ".join(part for part in tag.find_all(string=True, recursive=False)).split())[:_LONGEST]

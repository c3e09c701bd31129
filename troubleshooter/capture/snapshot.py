"""Reads the plain data that `pages/snapshot.js` returns of one document, and trusts nothing in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Mark(Enum):
    """What stands between the parts of a document: the end of an element, and an open shadow root within one."""

    CLOSE = 0
    SHADOW = 1
    END_SHADOW = 2


@dataclass(frozen=True)
class Element:
    """One element as it was on the page."""

    tag: str
    space: str
    """`svg` or `math`; empty for HTML."""
    attributes: tuple[tuple[str, str], ...]
    style: dict[str, str]
    box: tuple[float, float] | None
    natural: tuple[float, float] | None
    """The natural size of the picture that it shows."""
    value: str | None
    """What is typed into it or chosen in it."""
    frame: int | None
    """The number of the document that it shows."""
    notes: tuple[tuple[str, str], ...] = ()
    """What the product noted about it: `hidden`, and why; `clicked`, and in which order; `found`, and as what."""


HIDDEN = frozenset({"display", "visibility", "transparent", "off-screen", "clipped", "no"})
"""Why an element is not seen; `no`: it is, within one that is not."""
FOUND = {
    "waffle": "home.waffle",
    "apps-row": "the row Apps",
    "app": "the app that was looked for",
    "sharepoint-icon": "home.sharepoint-icon",
    "account-panel": "account-panel.window",
    "panel-picture": "account-panel.picture",
    "profile-card": "profile-card.card",
    "photo-file": "photo-dialog.file-input",
    "photo-change": "photo-dialog.change-button",
}
"""What elements that scripts in `pages/` marked are, by the names of the marks."""
_MOST_CLICKS = 99
Part = str | Mark | Element
"""A text, a mark, or the beginning of an element."""


@dataclass(frozen=True)
class Document:
    """One document of a page."""

    url: str
    mode: str
    parts: tuple[Part, ...]
    requests: tuple[tuple[str, int, str], ...]
    """What it requested: what for, the HTTP status or 0, and the address."""
    settings: tuple[tuple[str, str], ...]
    """What a sign-in page says of itself in its configuration."""
    frames: dict[int, Document] = field(default_factory=dict)

    def every_part(self) -> Iterator[Part]:
        """Yield the parts of this document and of those in its frames."""
        yield from self.parts
        for inner in self.frames.values():
            yield from inner.every_part()


def read(text: str) -> Document:
    """Return the document, with those in its frames, that the JSON `text` describes."""
    return _document(json.loads(text))


def _document(data: Any) -> Document:  # noqa: ANN401 - what a page's own world returned
    fields = data if isinstance(data, dict) else {}
    frames = fields.get("frames")
    return Document(
        url=_text(fields.get("url")),
        mode=_text(fields.get("mode")),
        parts=tuple(part for item in _list(fields.get("parts")) if (part := _part(item)) is not None),
        requests=tuple(
            (_text(row[0]), row[1] if isinstance(row[1], int) else 0, _text(row[2]))
            for row in _list(fields.get("requests"))
            if isinstance(row, list) and len(row) == 3
        ),
        settings=_pairs(fields.get("settings")),
        frames={int(n): _document(inner) for n, inner in frames.items() if n.isdigit()}
        if isinstance(frames, dict)
        else {},
    )


def _part(item: Any) -> Part | None:  # noqa: ANN401
    if isinstance(item, str):
        return item
    if type(item) is int and item in (mark.value for mark in Mark):
        return Mark(item)
    if not isinstance(item, dict) or not isinstance(item.get("t"), str):
        return None
    style = item.get("s")
    return Element(
        tag=item["t"].lower() if not item.get("n") else item["t"],
        space=_text(item.get("n")),
        attributes=_pairs(item.get("a")),
        style={str(k): str(v) for k, v in style.items()} if isinstance(style, dict) else {},
        box=_size(item.get("b")),
        natural=_size(item.get("p")),
        value=item["v"] if isinstance(item.get("v"), str) else None,
        frame=item["f"] if isinstance(item.get("f"), int) else None,
        notes=tuple(_notes(item)),
    )


def _notes(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what was noted about an element, as far as it is one of the values that the product notes."""
    if item.get("h") in HIDDEN:
        yield "hidden", item["h"]
    if type(clicked := item.get("c")) is int and 0 < clicked <= _MOST_CLICKS:
        yield "clicked", str(clicked)
    if found := FOUND.get(_text(item.get("m"))):
        yield "found", found


def _pairs(rows: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    return tuple((_text(row[0]), _text(row[1])) for row in _list(rows) if isinstance(row, list) and len(row) == 2)


def _size(value: Any) -> tuple[float, float] | None:  # noqa: ANN401
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(n, int | float) for n in value):
        return None
    return float(value[0]), float(value[1])


def _list(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else ""

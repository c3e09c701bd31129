"""Reads a report of many users without a browser."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

NAMES = (
    *("number", "upn", "name", "standing", "change", "marks", "group", "advices", "title", "note", "sentences"),
    *("report", "reference", "copy", "facts"),
)
_SILENT = frozenset({"style", "script"})


class Page(HTMLParser):
    """The texts, links and elements of a page, the static rows, and the rows packed for the script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._silent += tag in _SILENT

    def handle_endtag(self, tag):
        self._silent -= tag in _SILENT

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if attrs.get("id")]

    @property
    def links(self) -> list[str]:
        return [attrs["href"] for tag, attrs in self.tags if tag == "a"]

    @property
    def pictures(self) -> list[str]:
        return [attrs["src"] for tag, attrs in self.tags if tag == "img"]

    @property
    def static_rows(self) -> int:
        return sum(attrs.get("class") == "row" for tag, attrs in self.tags if tag == "tr")

    @property
    def data(self) -> dict:
        found = re.search(r'<script type="application/json" id="data">(.*?)</script>', self.html, re.DOTALL)
        return json.loads(found[1])

    @property
    def rows(self) -> list[dict]:
        """Return the packed rows, with their texts put back."""
        data = self.data
        rows = []
        for packed in data["rows"]:
            row = dict(zip(NAMES, [*packed, *[0] * (len(NAMES) - len(packed))], strict=True))
            row["standing"] = data["standings"][row["standing"]][0]
            row["change"] = data["changes"][row["change"]][0]
            row["marks"] = [name for bit, (name, _) in enumerate(data["marks"]) if row["marks"] >> bit & 1]
            row["group"] = data["advices"][row["group"] - 1]["key"] if row["group"] else ""
            row["advices"] = [data["advices"][at]["key"] for at in row["advices"] or []]
            row |= {name: data["texts"][row[name]] for name in ("title", "note")}
            row |= {name: [data["texts"][at] for at in row[name] or []] for name in ("sentences", "facts")}
            rows.append(row)
        return rows

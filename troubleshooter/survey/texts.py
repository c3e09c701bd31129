"""Writes what was found for a person: README.txt and index.html."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

from troubleshooter.survey.about import ABOUT


def readme(data: Mapping[str, Any]) -> str:
    """Return README.txt."""
    lines = [ABOUT, *_head(data), "", "Where it looked", ""]
    for place in data["places"]:
        lines.append(f"  {place['title']}: {place['outcome']}, {place['seconds']} s")
        for page in place["pages"]:
            lines += [
                f"    {page}{_marks(data, page)}",
                *(f"      matched there: {line}" for line in _matched(data, page)),
            ]
        lines += [f"    {_locator(row)}" for row in place["locators"]]
    lines += ["", "What the facts left open, and what was seen", ""]
    for row in data["answers"]:
        lines += [f"  {row['question']}", f"    {said(row)}", *(f"    {line}" for line in _details(row))]
        seen = f"; seen on: {', '.join(row['pages'])}" if row.get("pages") else ""
        lines += [f"    ({row['id']}; left open by: {row['fact']}{seen})", ""]
    return "\n".join(lines) + "\n"


def index(data: Mapping[str, Any]) -> str:
    """Return index.html."""
    places = "".join(
        f"<tr><td>{_e(place['title'])}<td>{_e(place['outcome'])}<td>{place['seconds']}<td>"
        + "<br>".join(_links(page) + _e(_marks(data, page)) + _folded(_matched(data, page)) for page in place["pages"])
        + "<td>"
        + _folded([_locator(row) for row in place["locators"]])
        for place in data["places"]
    )
    answers = "".join(
        f"<tr><td>{_e(row['question'])}<br><small>{_e(row['id'])}</small><td><b>{_e(said(row))}</b>"
        + "".join(f"<br>{_e(line)}" for line in _details(row))
        + f"<td>{' '.join(_links(page) for page in row.get('pages', []))}<td>{_e(row['fact'])}"
        for row in data["answers"]
    )
    head = "".join(f"<li>{_e(line.strip())}" for line in _head(data))
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>Survey of Microsoft 365 pages</title>"
        "<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:100rem}table{border-collapse:collapse}"
        "td,th{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}"
        "pre{white-space:pre-wrap}</style>"
        f"<h1>Survey of Microsoft 365 pages</h1><pre>{_e(ABOUT)}</pre><ul>{head}</ul>"
        "<h2>Where it looked</h2><table><tr><th>Place<th>How it went<th>Seconds"
        "<th>Saved pages, locators that match<th>Looked for"
        f"{places}</table><h2>What the facts left open, and what was seen</h2>"
        f"<table><tr><th>Question<th>Answer<th>Seen on<th>Left open by{answers}</table></html>\n"
    )


def _marks(data: Mapping[str, Any], page: str) -> str:
    """Return which of the documented marks a page has, with how many elements."""
    marks = data["marks"].get(page.removeprefix("pages/").removesuffix(".html"), {})
    return " has " + ", ".join(f"{name} ({_count(row)})" for name, row in marks.items()) if marks else ""


def _matched(data: Mapping[str, Any], page: str) -> list[str]:
    """Return which locators match something on a page, each with every selector that does, and how many elements."""
    found: dict[str, list[str]] = {}
    for row in data["locators"].get(page.removeprefix("pages/").removesuffix(".html"), []):
        found.setdefault(row["id"], []).append(f"{row['selector'] or 'a repair'} ({_count(row)})")
    return [f"{id_}: {', '.join(selectors)}" for id_, selectors in found.items()]


def _folded(lines: Sequence[str]) -> str:
    """Return a list that shows how long it is, and the rest on demand."""
    rows = "".join(f"<li>{_e(line)}" for line in lines)
    return f"<details><summary>{len(lines)}</summary><ul>{rows}</ul></details>"


def _count(row: Mapping[str, int]) -> str:
    hidden = row["found"] - row["visible"]
    return str(row["found"]) + (
        f", {hidden} of them not shown" if hidden and row["visible"] else ", not shown" if hidden else ""
    )


def said(row: Mapping[str, Any]) -> str:
    """Return the answer of a row as words."""
    answer = row["answer"]
    return f"not seen: {row['not seen']}" if answer is None else str(answer)


def _head(data: Mapping[str, Any]) -> list[str]:
    names = ("date", "product", "browser", "playwright", "whose photo was checked")
    return [f"  {name}: {data[name]}" for name in names]


def _details(row: Mapping[str, Any]) -> list[str]:
    found = []
    for name, value in row.get("details", {}).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found += [f"{name}: {json.dumps(inner, ensure_ascii=False)}" for inner in value]
        elif isinstance(value, str | int | float | bool):
            found.append(f"{name}: {value}")
        elif value:
            found.append(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return found


def _locator(row: Mapping[str, Any]) -> str:
    how = {
        "locator": "found by",
        "repair": "found by a repair",
        "structure": "found by structure",
        "nothing": "not found",
    }
    selector = f" {row['selector']}" if row["selector"] and row["by"] != "repair" else ""
    also = f", also by {', '.join(row['also'])}" if row["also"] else ""
    missed = f"; nothing matches {', '.join(row['missed'])}" if row["missed"] and row["by"] != "nothing" else ""
    return f"{row['id']}: {how[row['by']]}{selector}{also}{missed}"


def _links(page: str) -> str:
    name = page.removeprefix("pages/").removesuffix(".html")
    return f'<a href="{_e(page)}">{_e(name)}</a> (<a href="{_e(page.replace(".html", ".txt"))}">outline</a>)'


def _e(text: object) -> str:
    return html.escape(str(text))

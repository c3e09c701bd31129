"""Writes the report as an Adaptive Card, which Teams shows as a message: https://adaptivecards.io/explorer/.

Every text is a `TextRun`: unlike a `TextBlock`, it is not read as Markdown, so that no name becomes a link. There is no
picture, because a card can only load one from the network.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from troubleshooter.model.records import Record
from troubleshooter.report.many.texts import cut
from troubleshooter.report.outputs.digest import Digest, digest

VERSION = "1.5"
"""The newest version of the format that Teams shows on every device."""
LARGEST = 26_000
"""Bytes of the largest card. Teams takes messages of 28 KB, and an envelope goes around the card."""
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_STYLES = {"good": "good", "bad": "attention", "open": "warning"}
_COLORS = {"good": "Good", "bad": "Attention", "open": "Warning"}
_DETAILS, _CAUSES, _PLACES = 4, 4, 12
_LONGEST = 400
"""Characters of a text."""
_EXPRESSION = re.compile(r"(?<=[{$])(?=\{)")
"""Where a text would begin an expression (`{{DATE(…)}}`, `${…}`) that programs evaluate that show a card."""


def card(record: Record, folder: Path, *, lang: str = "en") -> str:
    """Return the card as JSON of at most `LARGEST` bytes.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    said = digest(record, folder, lang)
    for causes, places in ((_CAUSES, _PLACES), (_CAUSES, 0), (1, 0), (0, 0)):
        text = json.dumps(_card(said, causes, places), ensure_ascii=False, indent=1) + "\n"
        if len(text.encode()) <= LARGEST:
            break
    return text


def _card(said: Digest, causes: int, places: int) -> dict[str, Any]:
    _, head = said.catalogue.gettext, said.page.head
    body: list[dict[str, Any]] = [
        _line(_run(f"{said.page.heading} · {said.where} · {said.page.date.utc}", isSubtle=True, size="Small")),
        {
            "type": "Container",
            "style": _STYLES.get(head.tone, "warning"),
            "bleed": True,
            "items": [
                _line(_run(said.first_line, size="Large", weight="Bolder", color=_COLORS.get(head.tone, "Default")))
            ],
        },
        *(_line(_run(detail)) for detail in head.details[:_DETAILS]),
        *([_line(_run(said.agreement))] if said.agreement else []),
        *(_labelled(label, text) for label, text in said.facts),
    ]
    if causes and said.causes:
        body.append(_title(_("Why")))
        body += [
            _line(_run(f"{c.id} · {c.title}"), _run(f" ({c.confidence})", isSubtle=True)) for c in said.causes[:causes]
        ]
    if places and said.places:
        body.append(_title(_("What each place shows")))
        body += [_labelled(_named(p.name, p.page), f"{p.result} {p.numbers}".strip()) for p in said.places[:places]]
    return {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": VERSION,
        "lang": said.catalogue.tag,
        "fallbackText": _safe(said.first_line),
        "speak": _safe(said.first_line),
        "msteams": {"width": "Full"},
        "body": body,
    }


def _named(name: str, page: str) -> str:
    return f"{name} · {page}" if page else name


def _title(text: str) -> dict[str, Any]:
    return {**_line(_run(text, weight="Bolder", size="Medium")), "spacing": "Medium", "separator": True}


def _labelled(label: str, text: str) -> dict[str, Any]:
    return {**_line(_run(f"{label}: ", weight="Bolder"), _run(text)), "spacing": "Small"}


def _line(*runs: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(text: str, **style: Any) -> dict[str, Any]:  # noqa: ANN401 - as the format has it
    return {"type": "TextRun", "text": _safe(text), **style}


def _safe(text: str) -> str:
    """Return `text`, bounded, so that nothing in it is evaluated."""
    return _EXPRESSION.sub(" ", cut(text, _LONGEST))

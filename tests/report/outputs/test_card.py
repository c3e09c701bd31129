"""A report as an Adaptive Card: what Teams shows, small, with nothing that is loaded or evaluated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from troubleshooter.report.outputs import card
from troubleshooter.report.outputs.card import LARGEST

from ..outcomes import SAMPLES
from .conftest import LONG, REVERSED, Sample, sample


def texts(value: Any) -> Iterator[str]:
    """Yield every text that a card shows."""
    if isinstance(value, dict):
        if value.get("type") == "TextRun":
            yield value["text"]
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def kinds(value: Any) -> Iterator[str]:
    """Yield the type of every element."""
    if isinstance(value, dict):
        if "type" in value:
            yield value["type"]
        for inner in value.values():
            yield from kinds(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from kinds(inner)


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_is_what_teams_takes(name: str, lang: str, tmp_path: Path):
    """Version 1.5, elements that it has, no picture, no action, and less than a message may have."""
    text = card(*sample(name, tmp_path), lang=lang)
    made = json.loads(text)
    assert ("AdaptiveCard", "1.5") == (made["type"], made["version"])
    assert {"AdaptiveCard", "RichTextBlock", "TextRun", "Container"} == set(kinds(made))
    assert made["fallbackText"] and made["body"]
    assert len(text.encode()) <= LARGEST < 28_000


def test_a_card_says_what_to_do(tmp_path: Path):
    """Verdict, cause, who, when and the run's id are on the card."""
    said = "\n".join(texts(json.loads(card(*sample("out-of-sync", tmp_path)))))
    for part in (
        *(
            "[Out of sync] Ana Ionescu’s photo is out of sync",
            "C1 · SharePoint has not fetched the current photo yet",
        ),
        *("Nothing to do now: this check counted as a visit by the user", "nobody", "up to 24 hours"),
        "23 Nov 2026, 10:41 UTC",
        *("20261122T104100Z-photo-differs", "sandbox: stale-copy", "ana.ionescu@contoso.com"),
    ):
        assert part in said


def test_a_good_result_looks_good(tmp_path: Path):
    """The style follows the verdict."""
    styles = {
        name: next(e["style"] for e in json.loads(card(*sample(name, tmp_path / name)))["body"] if "style" in e)
        for name in ("in-sync", "out-of-sync", "refused")
    }
    assert {"in-sync": "good", "out-of-sync": "attention", "refused": "warning"} == styles


def test_a_card_is_small_whatever_the_run(thirty: Sample):
    """Thirty places and eight causes fit."""
    text = card(*thirty)
    assert len(text.encode()) <= LARGEST
    assert "[Out of sync]" in json.loads(text)["fallbackText"]


def test_a_long_card_leaves_places_out_first(tmp_path: Path):
    """Texts of four bytes a character are too much for every place; what to do stays."""
    made, path = sample("out-of-sync", tmp_path)
    wide = "𝒜" * 600
    cause = made.diagnoses[0].model_copy(update={"title": wide, "remedy": wide, "who": wide, "wait": wide})
    large = made.model_copy(update={"diagnoses": (cause,) * 12, "subject_name": wide, "tenant": wide, "ticket": wide})
    text = card(large, path)
    assert len(text.encode()) <= LARGEST
    assert "What to do: " in set(texts(json.loads(text)))


def test_nothing_is_evaluated_and_nothing_is_a_link(tmp_path: Path):
    """No text is Markdown, none begins an expression, none reverses another, and none is endless."""
    made, path = sample("in-sync", tmp_path)
    evil = "[x](https://evil.example) {{DATE(2026-01-01T00:00:00Z)}} ${secret} " + REVERSED
    said = json.loads(card(made.model_copy(update={"subject_name": evil, "ticket": LONG}), path))
    joined = "\n".join([*texts(said), said["speak"], said["fallbackText"]])
    assert "[x](https://evil.example)" in joined  # as text: a TextRun is not Markdown
    assert "TextBlock" not in set(kinds(said))
    assert "{{" not in joined and "${" not in joined and "\u202e" not in joined
    assert LONG not in joined

"""Defines what a question of the survey is, and what an answer may consist of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

YES, NO = "yes", "no"
Value = str | int | float | bool | None


@dataclass(frozen=True)
class Question:
    """Something that the facts leave open and that looking at a page can answer."""

    id: str
    asks: str
    """The question, for people."""
    fact: str
    """The document and row that leave it open."""
    answers: tuple[str, ...] = (YES, NO)
    """The answers that are possible; a number is possible besides."""


@dataclass(frozen=True)
class Answer:
    """The answer to one question."""

    question: str
    """The question's id."""
    value: Value
    """One of the question's answers, or a number."""
    details: Mapping[str, object] = field(default_factory=dict)
    """What was seen: words that the product defines, numbers, and lists and tables of them."""
    place: str = ""
    """The id of the place where it was seen."""

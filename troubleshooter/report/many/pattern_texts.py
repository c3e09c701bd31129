"""Writes the tenant-wide causes for the reader: the numbers that speak for each, and who contradicts."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.model.batch_records import Pattern
from troubleshooter.report.labels import CONFIDENCES
from troubleshooter.report.many.advice import Advice, Adviser
from troubleshooter.report.many.texts import Texts, shown


@dataclass(frozen=True)
class PatternText:
    """A tenant-wide cause as the report shows it."""

    advice: Advice
    level: str
    confidence: str
    numbers: str
    evidence: tuple[str, ...]
    caveats: tuple[str, ...]
    against: str
    """How many users contradict; empty if none do."""
    contradicting: tuple[str, ...]
    unnamed: str
    """How many more contradict than are named; empty if all are named."""
    confirm: str


def pattern_texts(patterns: tuple[Pattern, ...], adviser: Adviser, texts: Texts) -> tuple[PatternText, ...]:
    """Return the tenant-wide causes, best first."""
    return tuple(_pattern_text(pattern, adviser, texts) for pattern in patterns)


def _pattern_text(pattern: Pattern, adviser: Adviser, texts: Texts) -> PatternText:
    _, row = texts.gettext, CAUSES.get(pattern.cause)
    against = texts.ngettext("{count} user contradicts", "{count} users contradict", pattern.against)
    named = tuple(shown(user) for user in pattern.contradicting)
    more = pattern.against - len(named)
    return PatternText(
        advice=adviser.cause(pattern.cause),
        level=pattern.confidence.value,
        confidence=_(CONFIDENCES[pattern.confidence]),
        numbers=texts.fill(_("{fits} of {seen} fit"), fits=pattern.fits, seen=pattern.seen),
        evidence=tuple(texts.say(said) for said in pattern.evidence),
        caveats=tuple(texts.say(said) for said in pattern.caveats),
        against=texts.fill(against, count=pattern.against) if pattern.against else "",
        contradicting=named,
        unnamed=texts.fill(texts.ngettext("and {count} more", "and {count} more", more), count=more)
        if more > 0
        else "",
        confirm=_(row.confirm.text) if row else "",
    )

"""Builds what a copy says about what the run did, and about the runs before it."""

from __future__ import annotations

from typing import Any

from troubleshooter.evidence.outside.parts import CAUSE, Parts, ref_of
from troubleshooter.evidence.outside.texts import harmless_id, is_ours, ours
from troubleshooter.model.records import Expected, LastKnown, PhotoFile, Previous, Replaced, ScenarioDetails

_EARLIER = "earlier"
"""What stands for the folder of another run: somebody may have chosen its name."""


def acted(parts: Parts) -> dict[str, Any]:
    """Return what the run did, and which runs came before it."""
    record, texts = parts.record, parts.texts
    previous, known = record.previous, record.last_known
    return {
        "expected": _expected(parts),
        "photo": _photo(parts),
        "replaced": _replaced(parts),
        "sent": record.sent,
        "scenario_details": _details(record.scenario_details),
        "outcome": harmless_id(record.outcome) if record.outcome else None,
        "outcome_why": tuple(texts.said(e).model_copy(update={"ref": ref_of(e.ref)}) for e in record.outcome_why),
        "outcome_recheck_after": record.outcome_recheck_after,
        "previous": previous
        and Previous(
            run=_EARLIER, first=_EARLIER, finished=previous.finished, sent=previous.sent, asked=previous.asked
        ),
        "last_known": known
        and LastKnown(
            run=_EARLIER,
            finished=known.finished,
            verdict=known.verdict,
            outcome=harmless_id(known.outcome) if known.outcome else None,
            cause=known.cause if known.cause and CAUSE.fullmatch(known.cause) else None,
            title=ours(known.title),
        ),
    }


def _expected(parts: Parts) -> Expected | None:
    if parts.record.expected is None:
        return None
    shot, digest = parts.tiles.of("expected")
    return Expected(name="photo", shot=shot, sha256=digest, natural_px=parts.record.expected.natural_px)


def _photo(parts: Parts) -> PhotoFile | None:
    photo = parts.record.photo
    if photo is None:
        return None
    shot, digest = parts.tiles.of("expected") if parts.record.expected else parts.tiles.other()
    return PhotoFile(
        name="photo",
        shot=shot,
        sha256=digest,
        format=harmless_id(photo.format.lower()).upper(),
        bytes=0,  # an exact length would identify the file
        natural_px=photo.natural_px,
        turned=photo.turned,
        kept=photo.kept,
    )


def _replaced(parts: Parts) -> Replaced | None:
    replaced = parts.record.replaced
    if replaced is None:
        return None
    shot, digest = parts.tiles.other() if replaced.shot else (None, None)
    return Replaced(
        surface=replaced.surface,
        kind=replaced.kind,
        shot=shot,
        sha256=digest,
        natural_px=replaced.natural_px,
        seen_at=replaced.seen_at,
    )


def _details(details: ScenarioDetails | None) -> ScenarioDetails | None:
    """Return what the scenario says about itself, unless it is one of the company's own."""
    if details is None:
        return None
    texts = [details.heading, details.stopped]
    for outcome in details.outcomes:
        texts += [outcome.label, outcome.headline, outcome.action]
        texts += [] if harmless_id(outcome.check_with or "x", "") else [outcome.check_with]
    return details if all(map(is_ours, texts)) else None

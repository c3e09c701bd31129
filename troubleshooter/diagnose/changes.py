"""Finds what changed between a run and the newest conclusive one before it. Pure.

A run that was stopped, interrupted or not conclusive says nothing about the photo. It is compared with nothing, because
whatever it did not get to see would read as fixed. The last known result still stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from troubleshooter.diagnose.shown_places import UNSEEN, Place, shown_places
from troubleshooter.model.enums import CONCLUSIVE, SessionKind
from troubleshooter.model.message import Message, message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Change, LastKnown, Previous, Record, rfc3339

_NONE = "–"
_PROPERTIES = ("SPS-PictureTimestamp", "SPS-PicturePlaceholderState", "SPS-PictureExchangeSyncState", "PictureURL")


def follows(earlier: Record) -> Previous:
    """Return the reference to `earlier` for the record of the run that repeats it."""
    chain = earlier.previous
    moved = any(c.what == "property" and c.before != c.after for c in earlier.changes)
    asked = chain.asked if chain and not moved else None
    requested = earlier.own_photo_requested
    return Previous(
        run=earlier.id,
        first=chain.first if chain else earlier.id,
        finished=earlier.finished or earlier.started,
        sent=RecordView(earlier).sent,
        asked=asked or (requested and (earlier.clock or requested)),
    )


def differing(known: Record | None, record: Record) -> Record:
    """Return `record` with what was last known, and the list of everything that differs from it.

    Args:
        known: the newest conclusive run before it; None if there is none.
    """
    if known is None or not RecordView(known).tells:
        return record
    was, now = RecordView(known), RecordView(record)
    changes = (*_conclusions(was, now), *_places(was, now), *_properties(was, now)) if now.tells else ()
    return record.model_copy(update={"changes": changes, "last_known": _last_known(known)})


def _last_known(known: Record) -> LastKnown:
    first = known.diagnoses[0] if known.diagnoses else None
    return LastKnown(
        run=known.id,
        finished=known.finished or known.started,
        verdict=known.verdict,
        outcome=str(known.outcome) if known.outcome else None,
        cause=first.cause if first else None,
        title=first.title if first else "",
    )


def _change(what: str, said: Message, view: RecordView, **more: Any) -> Change:  # noqa: ANN401 - fields of a change
    at = more.pop("at", None) or view.record.finished or view.record.started
    return Change.from_message(said, what=what, at=at, **more)


def _conclusions(was: RecordView, now: RecordView) -> Iterator[Change]:
    """Yield changes in what the run concludes: its verdict, its outcome, its first cause."""
    verdicts = was.record.verdict.value, now.record.verdict.value
    outcomes, causes = (_outcome(was), _outcome(now)), (_cause(was), _cause(now))
    for what, (before, after), said in (
        ("verdict", verdicts, message("Verdict: was {before}, now {after}", **_words(verdicts))),
        ("outcome", outcomes, message("Outcome: was {before}, now {after}", **_words(outcomes))),
        ("cause", causes, _of_cause(*causes)),
    ):
        judged = what == "outcome" or _both_judged(was, now)
        if before != after and judged:
            yield _change(what, said, now, before=before, after=after)


def _both_judged(was: RecordView, now: RecordView) -> bool:
    """Return whether both runs came to a verdict, and not only to an outcome."""
    return {was.record.verdict, now.record.verdict} <= CONCLUSIVE


def _words(pair: tuple[str, str]) -> dict[str, str]:
    return {"before": pair[0], "after": pair[1]}


def _of_cause(before: str, after: str) -> Message:
    if after == _NONE:
        return message("Most likely cause: was {before}, now none", before=before)
    if before == _NONE:
        return message("Most likely cause: was none, now {after}", after=after)
    return message("Most likely cause: was {before}, now {after}", before=before, after=after)


def _outcome(view: RecordView) -> str:
    return str(view.record.outcome) if view.record.outcome else _NONE


def _cause(view: RecordView) -> str:
    return view.record.diagnoses[0].cause if view.record.diagnoses else _NONE


def _places(was: RecordView, now: RecordView) -> Iterator[Change]:
    """Yield each place that shows something different from before."""
    earlier, later = shown_places(was), shown_places(now)
    for place in dict.fromkeys((*earlier, *later)):
        before = earlier[place][0] if place in earlier else UNSEEN
        after = later[place][0] if place in later else UNSEEN
        if before.text == after.text or (UNSEEN in (before, after) and not _both_judged(was, now)):
            continue
        surface, url, _ = place
        index = later[place][1] if place in later else None
        yield _change(
            "surface",
            _of_place(place, before, after),
            now,
            surface=surface,
            page_url=url,
            before=before.text,
            after=after.text,
            at=now.record.sightings[index].seen_at if index is not None else None,
            ref=f"sightings/{index}" if index is not None else None,
        )


def _of_place(place: Place, before: Message, after: Message) -> Message:
    surface, url, session = place
    words = {"place": surface.value, "before": before.text, "after": after.text}
    if session is not SessionKind.PRIVATE:
        return message("In the browser profile, {place}: before {before}, now {after}", **words)
    if url:
        page = url.partition("?")[0].rpartition("/")[2]
        return message("{place} on {page}: before {before}, now {after}", page=page, **words)
    return message("{place}: before {before}, now {after}", **words)


def _properties(was: RecordView, now: RecordView) -> Iterator[Change]:
    """Yield each property of SharePoint's copy whose value has changed."""
    earlier, later = was.last_reading, now.last_reading
    if earlier is None or later is None:
        return
    for name in _PROPERTIES:
        before, after = earlier.values.get(name) or "", later.values.get(name) or ""
        if before == after:
            continue
        ref = now.ref_of(later)
        if name == "SPS-PictureTimestamp":
            old, new = (rfc3339(r.timestamp) if r.timestamp else _NONE for r in (earlier, later))
            said = message("SharePoint’s copy: was from {before}, now from {after}", before=old, after=new)
            yield _change("property", said, now, before=old, after=new, at=later.timestamp, ref=ref)
        else:
            words = {"before": before or _NONE, "after": after or _NONE}
            said = message("{name}: was {before}, now {after}", name=name, **words)
            yield _change("property", said, now, before=before, after=after, ref=ref)

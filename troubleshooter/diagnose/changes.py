"""What changed between a run and the one before it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from troubleshooter.model.enums import Kind, MatchVerdict, SessionKind, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Change, Comparison, Previous, Record, Sighting, rfc3339
from troubleshooter.model.records import Properties as Reading

_SHOWN = {
    MatchVerdict.SAME: message("the right photo"),
    MatchVerdict.DIFFERENT: message("another picture"),
    MatchVerdict.UNDETERMINED: message("a picture that cannot be told"),
}
_UNSEEN = message("not seen")
_NONE = "–"
_PROPERTIES = ("SPS-PictureTimestamp", "SPS-PicturePlaceholderState", "SPS-PictureExchangeSyncState", "PictureURL")

Place = tuple[Surface, str | None, SessionKind]
"""A surface, the page that it is on, and the session."""


def follows(earlier: Record) -> Previous:
    """Return how the run after `earlier` names it."""
    chain = earlier.previous
    moved = any(c.what == "property" and c.before != c.after for c in earlier.changes)
    asked = chain.asked if chain and not moved else None
    return Previous(
        run=earlier.id,
        first=chain.first if chain else earlier.id,
        finished=earlier.finished or earlier.started,
        sent=earlier.sent or (chain.sent if chain else None),
        asked=asked or (earlier.clock or earlier.own_photo_requested if earlier.own_photo_requested else None),
    )


def differing(earlier: Record, record: Record) -> Record:
    """Return `record` with everything that is not as it was in `earlier`."""
    changes = (*_words(earlier, record), *_places(earlier, record), *_properties(earlier, record))
    return record.model_copy(update={"changes": changes})


def _change(what: str, said: Message, record: Record, **more: object) -> Change:
    at = more.pop("at", None) or record.finished or record.started
    return Change(text=said.text, template=said.template, args=said.args, what=what, at=at, **more)  # type: ignore[arg-type]


def _words(earlier: Record, record: Record) -> Iterator[Change]:
    """Yield what the run says otherwise: its verdict, its outcome, its first cause."""
    for what, was, is_ in (
        ("verdict", earlier.verdict.value, record.verdict.value),
        ("outcome", _name(earlier), _name(record)),
        ("cause", _cause(earlier), _cause(record)),
    ):
        if was != is_:
            sentence = {
                "verdict": message("The verdict was {before} and is {after}", before=was, after=is_),
                "outcome": message("The outcome was {before} and is {after}", before=was, after=is_),
                "cause": _of_cause(was, is_),
            }[what]
            yield _change(what, sentence, record, before=was, after=is_)


def _of_cause(was: str, is_: str) -> Message:
    if is_ == _NONE:
        return message("The first cause was {before}, and none is left", before=was)
    if was == _NONE:
        return message("The first cause is {after}, and there was none", after=is_)
    return message("The first cause was {before} and is {after}", before=was, after=is_)


def _name(record: Record) -> str:
    return record.outcome.value if record.outcome else "–"


def _cause(record: Record) -> str:
    return record.diagnoses[0].cause if record.diagnoses else _NONE


def _places(earlier: Record, record: Record) -> Iterator[Change]:
    """Yield each surface that shows something else than before."""
    was, is_ = _shown(earlier), _shown(record)
    for place in dict.fromkeys((*was, *is_)):
        before, after = was.get(place), is_.get(place)
        old, new = before[0] if before else _UNSEEN, after[0] if after else _UNSEEN
        if old.text == new.text:
            continue
        surface, url, session = place
        words = {"place": surface.value, "before": old.text, "after": new.text}
        said = message("{place}: before {before}, now {after}", **words)
        if session is not SessionKind.PRIVATE:
            said = message("In the browser profile, {place}: before {before}, now {after}", **words)
        elif url:
            name = url.partition("?")[0].rpartition("/")[2]
            said = message("{place} on {page}: before {before}, now {after}", page=name, **words)
        found = after[1] if after else None
        yield _change(
            "surface",
            said,
            record,
            surface=surface,
            page_url=url,
            before=old.text,
            after=new.text,
            at=record.sightings[found].seen_at if found is not None else None,
            ref=f"sightings/{found}" if found is not None else None,
        )


def _shown(record: Record) -> dict[Place, tuple[Message, int]]:
    """Return what each place shows, at its worst: the words, and the sighting."""
    found: dict[Place, tuple[Message, int]] = {}
    for index, seen in enumerate(record.sightings):
        if seen.subject == record.subject:
            place = (seen.surface, seen.page_url if seen.page is not None else None, seen.session)
            words = _words_for(record, index, seen)
            if place not in found or found[place][0].text == _SHOWN[MatchVerdict.SAME].text:
                found[place] = (words, index)
    return found


def _words_for(record: Record, index: int, seen: Sighting) -> Message:
    if seen.kind is not Kind.PHOTO:
        return Message(text=seen.kind.value)
    if index == record.reference:
        return _SHOWN[MatchVerdict.SAME]
    row = next((c for c in record.comparisons if _is_about(c, index, record.reference)), None)
    return _SHOWN[row.verdict] if row else _UNSEEN


def _is_about(row: Comparison, index: int, reference: int | str | None) -> bool:
    return {row.a, row.b} == {index, reference}


def _properties(earlier: Record, record: Record) -> Iterator[Change]:
    """Yield each property of SharePoint's copy that has another value."""
    was, is_ = _read(earlier), _read(record)
    if was is None or is_ is None:
        return
    for name in _PROPERTIES:
        before, after = was.values.get(name) or "", is_.values.get(name) or ""
        if before == after:
            continue
        ref = f"properties/{record.properties.index(is_)}"
        if name == "SPS-PictureTimestamp":
            old, new = (rfc3339(r.timestamp) if r.timestamp else "–" for r in (was, is_))
            said = message("SharePoint’s copy was of {before} and is of {after}", before=old, after=new)
            yield _change("property", said, record, before=old, after=new, at=is_.timestamp, ref=ref)
        else:
            said = message("{name} was {before} and is {after}", name=name, before=before or "–", after=after or "–")
            yield _change("property", said, record, before=before, after=after, ref=ref)


def _read(record: Record) -> Reading | None:
    answered = [p for p in record.properties if p.of == record.subject and p.values]
    return answered[-1] if answered else None

"""Completes a run's record with the kind of each sighting, the reference, and the comparisons. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from troubleshooter.compare.expected import match_expected
from troubleshooter.compare.kind import kind_of, shows_one_of
from troubleshooter.compare.match import LIMIT, match
from troubleshooter.compare.picture import Avatar, UnreadablePicture, load
from troubleshooter.compare.result import Match
from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, MatchVerdict
from troubleshooter.model.message import message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Comparison, Record, Sighting
from troubleshooter.model.reference import counts, reference_of
from troubleshooter.model.session_control import kept_out

_SERVED = ("https:", "blob:", "data:image/jpeg")
"""How the address of a picture begins that a service sent; a page draws letters in other ways."""


class PictureCache:
    """The pictures of one run, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Avatar | None] = {}

    def get(self, path: str | None) -> Avatar | None:
        """Return the picture at `path`; None if it is missing, cannot be read, or is not in the run's folder."""
        if path is None:
            return None
        if path not in self._read:
            self._read[path] = self._load(path)
        return self._read[path]

    def _load(self, path: str) -> Avatar | None:
        try:
            file = (self._folder / path).resolve()
            return load(file) if file.is_relative_to(self._folder.resolve()) else None
        except (UnreadablePicture, OSError, ValueError):
            return None


def compared(record: Record, folder: Path) -> Record:
    """Return `record` with the kind of each sighting, the reference, and every comparison that the verdict needs."""
    pictures = PictureCache(folder)
    placeholders = [a for p in record.placeholders if (a := pictures.get(p.shot))]
    sent = pictures.get(record.photo.shot) if record.photo else None
    sightings = tuple(_with_kind(s, pictures, placeholders, sent) for s in record.sightings)
    record = record.model_copy(update={"sightings": sightings})
    reference = reference_of(record)
    comparisons = tuple(_comparisons(record, reference, pictures))
    return record.model_copy(update={"reference": reference, "comparisons": comparisons})


def _with_kind(sighting: Sighting, pictures: PictureCache, placeholders: list[Avatar], sent: Avatar | None) -> Sighting:
    if kept_out(sighting):
        return sighting.model_copy(update={"kind": Kind.BROKEN})  # initials that stand in for it are no photo missing
    picture = pictures.get(sighting.shot) if sighting.kind is Kind.PHOTO else None
    if picture is None:
        return sighting
    kind = kind_of(picture, placeholders)
    served = (sighting.url or "").startswith(_SERVED)
    if served and kind is Kind.INITIALS:
        kind = Kind.PHOTO  # initials are rendered by the page, never served as a picture, so this is a photo of letters
    if served and kind is Kind.SILHOUETTE and placeholders and not shows_one_of(picture, placeholders):
        kind = Kind.PHOTO  # the tenant's placeholder is known and looks different: this may be a flat logo
    if kind in WITHOUT_PHOTO and sent is not None and match_expected(sent, picture).verdict is MatchVerdict.SAME:
        kind = Kind.PHOTO  # whatever it looks like, it is the photo that was sent
    return sighting.model_copy(update={"kind": kind})


def _comparisons(record: Record, reference: int | str | None, pictures: PictureCache) -> Iterator[Comparison]:
    if reference is None:
        return
    counting = [(i, s) for i, s in RecordView(record).of_subject if counts(s)]
    for index, _ in counting:
        if index != reference and (row := _compare(record, index, reference, pictures)):
            yield row
    if reference == "expected":
        photos = [i for i, s in counting if s.kind is Kind.PHOTO and s.in_private_session]
        for a, b in combinations(photos, 2):
            if row := _compare(record, a, b, pictures):
                yield row


def _compare(record: Record, a: int, b: int | str, pictures: PictureCache) -> Comparison | None:
    """Compare sighting `a` with `b`; return None if neither shows a photo, so that there is nothing to compare."""
    first = record.sightings[a]
    expected = record.expected.shot if record.expected else None
    kind = Kind.PHOTO if isinstance(b, str) else record.sightings[b].kind
    if Kind.BROKEN in (first.kind, kind):
        return _row(a, b, Match(MatchVerdict.UNDETERMINED, None, LIMIT, "not-a-photo", message("a broken picture")))
    if first.kind in WITHOUT_PHOTO and kind in WITHOUT_PHOTO:
        return None
    if first.kind in WITHOUT_PHOTO:
        return _row(a, b, Match(MatchVerdict.DIFFERENT, 1.0, LIMIT, "placeholder", message("no photo here")))
    if kind in WITHOUT_PHOTO:
        return _row(
            a,
            b,
            Match(MatchVerdict.DIFFERENT, 1.0, LIMIT, "placeholder", message("a photo, although the source has none")),
        )
    shown = pictures.get(first.shot)
    other = pictures.get(expected if isinstance(b, str) else record.sightings[b].shot)
    if shown is None or other is None:
        return _row(a, b, Match(MatchVerdict.UNDETERMINED, None, LIMIT, "unreadable", message("a picture is missing")))
    return _row(a, b, match_expected(other, shown) if isinstance(b, str) else match(other, shown))


def _row(a: int, b: int | str, found: Match) -> Comparison:
    return Comparison(
        a=a,
        b=b,
        verdict=found.verdict,
        score=found.score,
        limit=found.limit,
        reason=found.said.text,
        said=found.said,
        code=found.code,
    )

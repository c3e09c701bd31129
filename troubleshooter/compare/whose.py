"""Whose photo is it that a place shows for the subject: among all that one run saw."""

from __future__ import annotations

from pathlib import Path

from troubleshooter.compare.index import Index
from troubleshooter.compare.match import Match
from troubleshooter.compare.sightings import Album
from troubleshooter.model import Kind, MatchVerdict, Record


def whose(record: Record, folder: Path) -> dict[int, tuple[int, Match]]:
    """Return, for the subject's sightings that differ from the reference, another person's that shows the same photo.

    Args:
        record: with its kinds and comparisons, as `sightings.compared` returns it.
        folder: the run's folder, which its shots are relative to.

    Returns:
        Index of the subject's sighting → index of the other person's, and what the matcher said. A sighting that shows
        nobody's photo, or whose like was not stored, is left out. Evidence for a diagnosis, never for the verdict.
    """
    album = Album(folder)
    reference = record.reference
    wrong = sorted(
        {
            row.a
            for row in record.comparisons
            if isinstance(row.a, int) and row.b == reference and row.verdict is MatchVerdict.DIFFERENT
        }
    )
    seen = record.sightings
    asked = [(i, a) for i in wrong if seen[i].kind is Kind.PHOTO and (a := album.get(seen[i].shot)) is not None]
    if not asked:
        return {}
    index = Index(
        (str(number), picture)
        for number, sighting in enumerate(seen)
        if sighting.subject not in (None, record.subject)
        and sighting.kind is Kind.PHOTO
        and (picture := album.get(sighting.shot)) is not None
    )
    hits = index.find_all(picture for _, picture in asked)
    return {i: (int(hit.key), hit.match) for (i, _), hit in zip(asked, hits, strict=True) if hit is not None}

"""Says whether a place shows the same picture in two runs."""

from __future__ import annotations

from troubleshooter.compare.match import match
from troubleshooter.compare.sightings import PictureCache
from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, MatchVerdict
from troubleshooter.model.records import Sighting


def same_picture(before: Sighting, after: Sighting, pictures: tuple[PictureCache, PictureCache]) -> MatchVerdict:
    """Return whether two sightings, each of another run, show the same; undetermined without both files.

    Args:
        pictures: those of the two runs.
    """
    kinds = {before.kind, after.kind}
    if kinds & {Kind.BROKEN, Kind.LOADING}:
        return MatchVerdict.UNDETERMINED
    if kinds & WITHOUT_PHOTO:
        return MatchVerdict.SAME if len(kinds) == 1 else MatchVerdict.DIFFERENT
    if before.sha256 and before.sha256 == after.sha256:
        return MatchVerdict.SAME
    one, other = pictures[0].get(before.shot), pictures[1].get(after.shot)
    return MatchVerdict.UNDETERMINED if one is None or other is None else match(one, other).verdict

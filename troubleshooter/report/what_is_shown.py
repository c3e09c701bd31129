"""Names what an avatar shows, compared with the reference, so that equal ones can be counted."""

from __future__ import annotations

from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, MatchVerdict
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Comparison, Sighting
from troubleshooter.model.reference import reference_kind

EDITS = frozenset({"recropped", "shifted", "mirrored", "greyscale", "colour", "brightness", "retouched"})
"""Codes of comparisons that found the same photo in another version."""
_ERROR = 400


def what_is_shown(sighting: Sighting, compared: Comparison | None, view: RecordView) -> str:
    """Return an id for what an avatar shows, compared with the reference."""
    if compared is None:
        return _by_itself(sighting)
    nobody = reference_kind(view) in WITHOUT_PHOTO
    if compared.verdict is MatchVerdict.SAME:
        return "none" if nobody else "same"
    if compared.verdict is MatchVerdict.UNDETERMINED:
        return "open"
    if sighting.kind in WITHOUT_PHOTO or sighting.kind is Kind.BROKEN:
        return _by_itself(sighting)
    if nobody:
        return "photo"
    return "version" if compared.code in EDITS else "different"


def _by_itself(sighting: Sighting) -> str:
    if sighting.kind in WITHOUT_PHOTO:
        return "none"
    if sighting.kind is Kind.LOADING:
        answered = sighting.response is not None and sighting.response.status >= _ERROR
        return "open" if answered else "loading"
    return "broken" if sighting.kind is Kind.BROKEN else "photo"

"""Says what each place shows in one run. Pure."""

from __future__ import annotations

from troubleshooter.model.enums import Kind, MatchVerdict, SessionKind, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Sighting

Place = tuple[Surface, str | None, SessionKind]
"""A surface, the page that it is on, and the session."""

SHOWN = {
    MatchVerdict.SAME: message("the right photo"),
    MatchVerdict.DIFFERENT: message("a different picture"),
    MatchVerdict.UNDETERMINED: message("a picture that could not be identified"),
}
UNSEEN = message("not seen")


def shown_places(view: RecordView) -> dict[Place, tuple[Message, int]]:
    """Return the worst sighting of each place: what it shows, as a message, and its index."""
    shown: dict[Place, tuple[Message, int]] = {}
    for index, sighting in view.of_subject:
        place = (sighting.surface, sighting.page_url if sighting.page is not None else None, sighting.session)
        if place not in shown or shown[place][0].text == SHOWN[MatchVerdict.SAME].text:
            shown[place] = (_shown(view, index, sighting), index)
    return shown


def _shown(view: RecordView, index: int, sighting: Sighting) -> Message:
    if sighting.kind is not Kind.PHOTO:
        return Message(text=sighting.kind.value)
    if index == view.record.reference:
        return SHOWN[MatchVerdict.SAME]
    row = view.with_reference(index)
    return SHOWN[row[1].verdict] if row else UNSEEN

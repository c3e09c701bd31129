"""Says what became of each place between two runs of the same user. Pure.

What is right is what each run found, compared with its own reference. Whether the two pictures of a place are the same
is a comparison of its own, because a place may be right or wrong in both runs and yet show something else.
"""

from __future__ import annotations

from collections.abc import Callable

from troubleshooter.diagnose.shown_places import SHOWN, shown_places
from troubleshooter.model.enums import WITHOUT_PHOTO, MatchVerdict
from troubleshooter.model.message import Message
from troubleshooter.model.place_changes import Became, PlaceChange
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Sighting

Alike = Callable[[Sighting, Sighting], MatchVerdict]
"""Says whether a place shows the same picture in both runs."""

_RIGHT, _WRONG, _OPEN = "right", "wrong", "open"
_BECAME = {(_RIGHT, _WRONG): Became.NEW, (_WRONG, _RIGHT): Became.FIXED}
_STAYED = {_RIGHT: Became.UNCHANGED, _WRONG: Became.STILL, _OPEN: Became.UNCLEAR}
_WRONG_TEXTS = {SHOWN[MatchVerdict.DIFFERENT].text, *(kind.value for kind in WITHOUT_PHOTO)}


def place_changes(was: RecordView, now: RecordView, alike: Alike) -> tuple[PlaceChange, ...]:
    """Return what became of each place, those that changed first.

    After a run that was not conclusive, nothing is said of any place: what it did not get to see would read as fixed.
    """
    earlier, later = shown_places(was), shown_places(now)
    found = []
    for place in dict.fromkeys((*earlier, *later)):
        before, after = earlier.get(place), later.get(place)
        pictures = None
        if before and after:
            pictures = alike(was.record.sightings[before[1]], now.record.sightings[after[1]])
        became = Became.NOT_COMPARED
        if was.tells and now.tells:
            became = _became(before and before[0], after and after[0], pictures)
        found.append(PlaceChange(became, before and before[1], after and after[1], pictures))
    return tuple(sorted(found, key=lambda change: list(Became).index(change.became)))


def _became(before: Message | None, after: Message | None, pictures: MatchVerdict | None) -> Became:
    if before is None or after is None:
        return Became.ONLY_IN_B if before is None else Became.ONLY_IN_A
    states = _state(before), _state(after)
    if states[0] != states[1]:
        return _BECAME.get(states, Became.CHANGED)
    if pictures is MatchVerdict.DIFFERENT or (before.text != after.text and states[0] != _OPEN):
        return Became.CHANGED
    return _STAYED[states[0]]


def _state(shown: Message) -> str:
    if shown.text == SHOWN[MatchVerdict.SAME].text:
        return _RIGHT
    return _WRONG if shown.text in _WRONG_TEXTS else _OPEN

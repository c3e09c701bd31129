"""Builds the rows of the comparison of two runs: for each place, what it showed in one run and in the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from troubleshooter.locale import N_, fill
from troubleshooter.model.enums import MatchVerdict
from troubleshooter.model.place_changes import Became, PlaceChange
from troubleshooter.report.avatar_figures import AvatarFigure, avatar_figure
from troubleshooter.report.context import ReportContext
from troubleshooter.report.recheck_matrix import what_it_showed
from troubleshooter.report.wording import sentence

Contexts = tuple[ReportContext, ReportContext]
"""The first run and the second."""

WORDS: dict[Became, tuple[str, str]] = {
    Became.NEW: (N_("New"), N_("The right photo in A, and no longer in B.")),
    Became.CHANGED: (N_("Changed"), N_("Something different in B from what was there in A.")),
    Became.FIXED: (N_("Fixed"), N_("Not the right photo in A, and the right one in B.")),
    Became.ONLY_IN_B: (N_("Seen only in B"), N_("What A would have seen there is not known.")),
    Became.ONLY_IN_A: (N_("Seen only in A"), N_("What B would have seen there is not known.")),
    Became.STILL: (N_("Still wrong"), N_("Not the right photo, neither in A nor in B.")),
    Became.UNCLEAR: (N_("Cannot tell"), N_("Neither A nor B could determine what is shown.")),
    Became.UNCHANGED: (N_("Right in both"), N_("The right photo in A and in B.")),
    Became.NOT_COMPARED: (N_("What each check saw"), ""),
}
"""For each thing that may become of a place, the word for it and what it means."""
_FEW = 2
"""How many unchanged places are shown unfolded."""


@dataclass(frozen=True)
class PlaceSide:
    """What a place showed in one of the runs; without a figure, it was not seen."""

    tone: str
    text: str
    figure: AvatarFigure | None


@dataclass(frozen=True)
class PlaceRow:
    """One place in both runs."""

    place: str
    technical: str
    sides: tuple[PlaceSide, PlaceSide]
    note: str
    """What the words on both sides do not say; may be empty."""


@dataclass(frozen=True)
class PlaceGroup:
    """The places that have the same thing become of them."""

    id: str
    word: str
    means: str
    count: str
    rows: tuple[PlaceRow, ...]
    folded: bool


def place_groups(places: Sequence[PlaceChange], contexts: Contexts) -> tuple[PlaceGroup, ...]:
    """Return the places, grouped by what became of them, in their order."""
    return tuple(_group(became, tuple(alike), contexts) for became, alike in groupby(places, lambda one: one.became))


def _group(became: Became, places: tuple[PlaceChange, ...], contexts: Contexts) -> PlaceGroup:
    catalogue, count = contexts[1].wording.catalogue, len(places)
    word, means = WORDS[became]
    return PlaceGroup(
        id=became.value,
        word=catalogue.gettext(word),
        means=catalogue.gettext(means) if means else "",
        count=fill(catalogue.ngettext("{count} place", "{count} places", count), {"count": catalogue.number(count, 0)}),
        rows=tuple(_row(place, contexts) for place in places),
        folded=became is Became.UNCHANGED and count > _FEW,
    )


def _row(place: PlaceChange, contexts: Contexts) -> PlaceRow:
    indices = (place.before, place.after)
    sides = _side(indices[0], contexts[0]), _side(indices[1], contexts[1])
    index, context = next((i, c) for i, c in zip(reversed(indices), reversed(contexts), strict=True) if i is not None)
    return PlaceRow(
        place=sentence(context.anchors.place(index)),
        technical=context.record.sightings[index].surface,
        sides=sides,
        note=context.wording.gettext(_note(place, sides)),
    )


def _side(index: int | None, context: ReportContext) -> PlaceSide:
    if index is None:
        return PlaceSide("", context.wording.gettext("not seen"), None)
    shown, figure = what_it_showed(context, index), avatar_figure(index, context.record.sightings[index], context)
    return PlaceSide(shown.tone or (figure.match.tone if figure.match else ""), shown.text, figure)


def _note(place: PlaceChange, sides: tuple[PlaceSide, PlaceSide]) -> str:
    if sides[0].text != sides[1].text:
        return ""
    if place.pictures is MatchVerdict.DIFFERENT:
        return N_("The two pictures are different.")
    return N_("The two pictures could not be compared.") if place.pictures is MatchVerdict.UNDETERMINED else ""

"""Says how many of how many places agree with the reference, and which ones do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from troubleshooter.locale import fill, isolate
from troubleshooter.model.enums import Kind, MatchVerdict
from troubleshooter.report.context import ReportContext
from troubleshooter.report.what_is_shown import what_is_shown

_MOST_NAMES = 12
"""Places that a line names; of further ones, only the number is given."""


def place_lines(context: ReportContext) -> Iterator[str]:
    """Yield what the others were compared with, and how many places differ, agree or could not be decided."""
    _, record = context.wording.gettext, context.record
    if record.reference is None:
        return
    shown = _places(context)
    total = sum(map(len, shown.values()))
    if not total:
        return
    reference = _("the expected photo")
    if isinstance(record.reference, int):
        reference = context.anchors.place(record.reference)
    yield fill(_("Compared with: {place}"), {"place": isolate(reference)})
    labels = {
        "different": _("Other places with a different photo: {count} of {total} ({places})"),
        "version": _("Other places with another version of the photo: {count} of {total} ({places})"),
        "photo": _("Other places that still show a photo: {count} of {total} ({places})"),
        "none": _("Other places without a photo: {count} of {total} ({places})"),
        "broken": _("Other places where the photo does not load: {count} of {total} ({places})"),
        "open": _("Other places where the comparison was not conclusive: {count} of {total} ({places})"),
        "same": _("Other places with the same picture: {count} of {total}"),
    }
    number = context.wording.catalogue.number
    for shows, label in labels.items():
        if places := shown.get(shows):
            values = {"count": number(len(places), 0), "total": number(total, 0), "places": _names(places, context)}
            yield fill(label, values)


def _places(context: ReportContext) -> dict[str, list[str]]:
    """Return the places whose picture of the subject was compared, one for each picture, by what they show."""
    found: dict[str, list[str]] = {}
    for index, sighting in context.view.of_subject:
        row = context.view.with_reference(index)
        if row is None or index == context.record.reference or sighting.kind is Kind.LOADING:
            continue
        same = row[1].verdict is MatchVerdict.SAME
        shows = "same" if same else what_is_shown(sighting, row[1], context.view)
        found.setdefault(shows, []).append(context.anchors.place(index))
    return found


def _names(places: list[str], context: ReportContext) -> str:
    counted = Counter(places)
    named = [f"{isolate(name)} ×{times}" if times > 1 else isolate(name) for name, times in counted.items()]
    more = len(named) - _MOST_NAMES
    said = ", ".join(named[:_MOST_NAMES])
    if more > 0:
        rest = context.wording.catalogue.ngettext("and {count} more", "and {count} more", more)
        said += " " + fill(rest, {"count": context.wording.catalogue.number(more, 0)})
    return said

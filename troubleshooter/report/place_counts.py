"""Says how many of how many places agree with the reference, and which ones do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from troubleshooter.locale import fill, isolate
from troubleshooter.model.enums import Kind, MatchVerdict
from troubleshooter.report.context import ReportContext

_MOST_NAMES = 12
"""Places that a line names; of further ones, only the number is given."""


def place_lines(context: ReportContext) -> Iterator[str]:
    """Yield what the others were compared with, and how many places differ, agree or could not be decided."""
    _, record = context.wording.gettext, context.record
    if record.reference is None:
        return
    by_match = {verdict: _places(context, verdict) for verdict in MatchVerdict}
    total = sum(map(len, by_match.values()))
    if not total:
        return
    reference = _("the expected photo")
    if isinstance(record.reference, int):
        reference = context.anchors.place(record.reference)
    yield fill(_("Compared with: {place}"), {"place": isolate(reference)})
    labels = {
        MatchVerdict.DIFFERENT: _("Other places with a different picture: {count} of {total} ({places})"),
        MatchVerdict.UNDETERMINED: _(
            "Other places where the comparison was not conclusive: {count} of {total} ({places})"
        ),
        MatchVerdict.SAME: _("Other places with the same picture: {count} of {total}"),
    }
    number = context.wording.catalogue.number
    for verdict, label in labels.items():
        if places := by_match[verdict]:
            values = {"count": number(len(places), 0), "total": number(total, 0), "places": _names(places, context)}
            yield fill(label, values)


def _places(context: ReportContext, verdict: MatchVerdict) -> list[str]:
    """Return the places whose picture of the subject was compared with this result, one for each picture."""
    rows = [
        (index, context.view.with_reference(index))
        for index, sighting in context.view.of_subject
        if index != context.record.reference and sighting.kind is not Kind.LOADING
    ]
    return [context.anchors.place(index) for index, row in rows if row and row[1].verdict is verdict]


def _names(places: list[str], context: ReportContext) -> str:
    counted = Counter(places)
    named = [f"{isolate(name)} ×{times}" if times > 1 else isolate(name) for name, times in counted.items()]
    more = len(named) - _MOST_NAMES
    said = ", ".join(named[:_MOST_NAMES])
    if more > 0:
        rest = context.wording.catalogue.ngettext("and {count} more", "and {count} more", more)
        said += " " + fill(rest, {"count": context.wording.catalogue.number(more, 0)})
    return said

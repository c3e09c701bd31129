"""Explains the SharePoint profile's properties, as read at each time."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import N_
from troubleshooter.model.records import Properties
from troubleshooter.model.scalars import picture_time
from troubleshooter.report.context import ReportContext
from troubleshooter.report.labels import NEVER_STORED, STORED, meaning
from troubleshooter.report.wording import Moment, Wording

_MOMENTS = {
    "before": N_("before the visit to the pages"),
    "after": N_("after the visit to the pages"),
    "site": N_("the site’s own copy"),
}


@dataclass(frozen=True)
class PropertyRow:
    """One profile property with its meaning."""

    name: str
    value: str
    meaning: str
    at: Moment | None = None


@dataclass(frozen=True)
class Reading:
    """The profile properties as read at one time."""

    id: str
    when: str
    read: Moment | None
    status: str
    url: str
    rows: tuple[PropertyRow, ...]


def readings(context: ReportContext) -> tuple[Reading, ...]:
    """Return the profile properties with their meaning."""
    record, wording = context.record, context.wording
    central = tuple(_reading(f"properties-{n}", item, wording) for n, item in enumerate(record.properties))
    sites = tuple(_reading(f"site-properties-{n}", item, wording) for n, item in enumerate(record.site_properties))
    return central + sites


def _reading(anchor: str, item: Properties, wording: Wording) -> Reading:
    _ = wording.gettext
    return Reading(
        id=anchor,
        when=_(_MOMENTS.get(item.moment, _MOMENTS["before"])),
        read=wording.clock(item.read_at),
        status=str(item.status) if item.status else _("no answer"),
        url=item.url,
        rows=tuple(_property_row(name, value, item, wording) for name, value in item.values.items()),
    )


def _property_row(name: str, value: str | None, item: Properties, wording: Wording) -> PropertyRow:
    text, at = meaning(name, value), None
    if name.casefold().replace("-", "") == "spspicturetimestamp":
        stored = picture_time(value) or (item.timestamp if value else None)
        at = wording.moment(stored) if stored else None
        text = STORED if at else NEVER_STORED
    return PropertyRow(name, value or "", wording.gettext(text) if text else "", at)

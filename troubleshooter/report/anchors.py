"""Assigns ids to the parts of the record on the page, so that evidence can link to them."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Comparison
from troubleshooter.report.wording import Wording, page_name

EXPECTED = "expected"


@dataclass(frozen=True)
class Link:
    """A place on this page and its label."""

    href: str
    label: str


class Anchors:
    """The HTML ids of one page. Everything that a `ref` can point to has exactly one."""

    def __init__(self, view: RecordView, wording: Wording) -> None:
        self._view, self._record = view, view.record
        self._wording = wording
        self._steps = {step.id: number for number, step in enumerate(view.record.steps)}

    def among_avatars(self, index: int) -> bool:
        """Return whether the sighting with this index is one of the avatars: the subject's, or the reference."""
        sightings = self._record.sightings
        subject = 0 <= index < len(sightings) and self._view.shows_subject(sightings[index])
        return subject or index == self._record.reference

    def under_an_avatar(self, number: int) -> bool:
        """Return whether the comparison with this number is shown under one of the avatars."""
        comparison = self._record.comparisons[number]
        rows = [self._view.with_reference(side) for side in (comparison.a, comparison.b) if isinstance(side, int)]
        return any(row is not None and row[0] == number for row in rows)

    def step(self, step_id: str) -> str:
        """Return the id of a step."""
        return f"steps-{self._steps[step_id]}"

    def link(self, ref: str | None) -> Link | None:
        """Return the place that `ref` points to, or None if the record has no such part."""
        kind, _, name = (ref or "").partition("/")
        _ = self._wording.gettext
        if kind == "steps" and name in self._steps:
            return Link("#" + self.step(name), _("the step"))
        number = int(name) if name.isascii() and name.isdecimal() else -1
        label = self._label(kind, number)
        return Link(f"#{kind.replace('_', '-')}-{number}", label) if label else None

    def _label(self, kind: str, number: int) -> str:
        """Return the label of a part of the record; empty if there is no such part."""
        record = self._record
        if kind == "sightings" and 0 <= number < len(record.sightings):
            return self.place(number)
        if kind == "comparisons" and 0 <= number < len(record.comparisons):
            comparison = record.comparisons[number]
            both = (comparison.a, comparison.b)
            sides = [side for side in both if isinstance(side, int) and side != record.reference]
            return self.place(sides[0]) if len(sides) == 1 else self.pair(comparison)
        if kind == "properties" and 0 <= number < len(record.properties):
            return self._wording.gettext("the profile’s properties")
        if kind == "site_properties" and 0 <= number < len(record.site_properties):
            return self._wording.gettext("the site’s own copy")
        return ""

    def place(self, index: int) -> str:
        """Return the name of a sighting's place, with its page to distinguish it from others on the same surface."""
        if not 0 <= index < len(self._record.sightings):
            return str(index)
        sighting = self._record.sightings[index]
        page = page_name(sighting.page_url) if sighting.page is not None else ""
        profile = "" if sighting.in_private_session else self._wording.gettext("browser profile")
        return " · ".join(part for part in (self._wording.surface(sighting.surface), page, profile) if part)

    def pair(self, comparison: Comparison) -> str:
        """Return which two pictures were compared."""
        return " ↔ ".join(self.name(side) for side in (comparison.a, comparison.b))

    def name(self, side: int | str) -> str:
        """Return the display name of one side of a comparison."""
        if isinstance(side, int) and 0 <= side < len(self._record.sightings):
            return self.place(side)
        return self._wording.gettext("the expected photo") if side == EXPECTED else str(side)

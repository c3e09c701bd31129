"""Where on the page each thing of the record stands, so that evidence can link to it."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.model.records import Comparison, Record, Sighting
from troubleshooter.report.wording import Speech, page_name

EXPECTED = "expected"


@dataclass(frozen=True)
class Link:
    """A place on this page and what stands there."""

    href: str
    label: str


class Anchors:
    """The ids of one page. Everything that a `ref` can name has exactly one."""

    def __init__(self, record: Record, speech: Speech) -> None:
        self._record = record
        self._speech = speech
        self._steps = {step.id: number for number, step in enumerate(record.steps)}

    def shown(self, sighting: Sighting) -> bool:
        """Whether `sighting` stands in the strip: it shows the subject, or is the reference."""
        subject = sighting.subject
        return subject is not None and subject.casefold() == self._record.subject.casefold()

    def in_strip(self, index: int) -> bool:
        """Whether the sighting with this index stands in the strip."""
        sightings = self._record.sightings
        return index == self._record.reference or (0 <= index < len(sightings) and self.shown(sightings[index]))

    def against_reference(self, index: int | str) -> tuple[int, Comparison] | None:
        """Return the comparison of a sighting with the reference, and its number."""
        pair = {index, self._record.reference}
        if self._record.reference is None or len(pair) < 2:
            return None
        found = ((n, c) for n, c in enumerate(self._record.comparisons) if {c.a, c.b} == pair)
        return next(found, None)

    def beside_a_picture(self, number: int) -> bool:
        """Whether the comparison with this number stands under the picture of a sighting."""
        comparison = self._record.comparisons[number]
        sightings = [index for index in (comparison.a, comparison.b) if isinstance(index, int)]
        found = [self.against_reference(index) for index in sightings if index != self._record.reference]
        return any(beside is not None and beside[0] == number for beside in found)

    def step(self, step_id: str) -> str:
        """Return the id of a step."""
        return f"steps-{self._steps[step_id]}"

    def link(self, ref: str | None) -> Link | None:
        """Return where `ref` leads, or None when the record holds no such thing."""
        kind, _, name = (ref or "").partition("/")
        _ = self._speech.gettext
        if kind == "steps" and name in self._steps:
            return Link("#" + self.step(name), _("the step"))
        number = int(name) if name.isascii() and name.isdecimal() else -1
        label = self._label(kind, number)
        return Link(f"#{kind.replace('_', '-')}-{number}", label) if label else None

    def _label(self, kind: str, number: int) -> str:
        """Return what stands at a place of the record; empty where there is no such place."""
        record = self._record
        if kind == "sightings" and 0 <= number < len(record.sightings):
            return self.place(number)
        if kind == "comparisons" and 0 <= number < len(record.comparisons):
            row = record.comparisons[number]
            sides = [side for side in (row.a, row.b) if isinstance(side, int) and side != record.reference]
            return self.place(sides[0]) if len(sides) == 1 else self.pair(row)
        if kind == "properties" and 0 <= number < len(record.properties):
            return self._speech.gettext("the profile’s properties")
        if kind == "site_properties" and 0 <= number < len(record.site_properties):
            return self._speech.gettext("the site’s own copy")
        return ""

    def place(self, number: int) -> str:
        """Return where a sighting was, with the page that tells it from others of its kind."""
        if not 0 <= number < len(self._record.sightings):
            return str(number)
        sighting = self._record.sightings[number]
        page = page_name(sighting.page_url) if sighting.page is not None else ""
        beside = "" if sighting.in_private_session else self._speech.gettext("browser profile")
        return " · ".join(part for part in (self._speech.surface(sighting.surface), page, beside) if part)

    def pair(self, comparison: Comparison) -> str:
        """Return which two pictures were held against each other, in the reader's words."""
        return " ↔ ".join(self.name(side) for side in (comparison.a, comparison.b))

    def name(self, side: int | str) -> str:
        """Return what one side of a comparison is, in the reader's words."""
        if isinstance(side, int) and 0 <= side < len(self._record.sightings):
            return self.place(side)
        return self._speech.gettext("the expected photo") if side == EXPECTED else str(side)

"""Answers the questions about a record that more than one stage asks, each in one place. Pure.

The verdict, the diagnoses and the report all use these answers, so they cannot disagree about whose avatar a sighting
is or what it was compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from troubleshooter.model.enums import CONCLUSIVE, MAY_PASS, REACHED, REFUSED_SECRET, MatchVerdict, Reason, StepStatus
from troubleshooter.model.locators import FoundBy
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Comparison, OutcomeDetails, Properties, Record, Sighting, Step
from troubleshooter.model.repair_advice import advice_in

IndexedSighting = tuple[int, Sighting]
"""A sighting with its index in the record."""
IndexedComparison = tuple[int, Comparison]
"""A comparison with its index in the record."""


@dataclass(frozen=True)
class RecordView:
    """Answers questions about one record."""

    record: Record

    def shows_subject(self, sighting: Sighting) -> bool:
        """Return whether a sighting was proven to show the subject."""
        return sighting.subject is not None and self.is_subject(sighting.subject)

    def is_subject(self, account: str) -> bool:
        """Return whether `account` is the subject's; upper and lower case count as the same."""
        return account.casefold() == self.record.subject.casefold()

    @cached_property
    def of_subject(self) -> list[IndexedSighting]:
        """Return the subject's sightings."""
        return [(i, s) for i, s in enumerate(self.record.sightings) if self.shows_subject(s)]

    @cached_property
    def in_private_session(self) -> list[IndexedSighting]:
        """Return the subject's sightings in the private session."""
        return [(i, s) for i, s in self.of_subject if s.in_private_session]

    @cached_property
    def in_browser_profile(self) -> list[IndexedSighting]:
        """Return the subject's sightings in the copy of a browser profile."""
        return [(i, s) for i, s in self.of_subject if not s.in_private_session]

    @cached_property
    def _with_reference(self) -> dict[int | str, IndexedComparison]:
        reference, found = self.record.reference, dict[int | str, IndexedComparison]()
        for index, comparison in enumerate(self.record.comparisons):
            sides = (comparison.a, comparison.b)
            if reference in sides and comparison.a != comparison.b:
                found.setdefault(sides[0] if sides[1] == reference else sides[1], (index, comparison))
        return found

    def with_reference(self, index: int | str) -> IndexedComparison | None:
        """Return the comparison of the sighting `index` with the reference; None if there is none."""
        return self._with_reference.get(index)

    @cached_property
    def different(self) -> dict[int, IndexedComparison]:
        """Return the sightings that differ from the reference, by their index, with the comparison that says so."""
        pairs = self._with_reference.items()
        return {i: row for i, row in pairs if isinstance(i, int) and row[1].verdict is MatchVerdict.DIFFERENT}

    def matches_reference(self, index: int) -> IndexedComparison | None:
        """Return the comparison of the sighting `index` with the reference if the two match; None if not."""
        row = self.with_reference(index)
        return row if row and row[1].verdict is MatchVerdict.SAME else None

    def involves_profile(self, comparison: Comparison) -> bool:
        """Return whether a comparison involves the copy of a browser profile."""
        sides = [side for side in (comparison.a, comparison.b) if isinstance(side, int)]
        return any(not self.record.sightings[side].in_private_session for side in sides)

    @property
    def repairs_used(self) -> Message | None:
        """Return which elements were found by selectors that the user gave; None if none was."""
        ids = [match.id for match in self.record.locators if match.by is FoundBy.REPAIR]
        file = Path(str(self.record.inputs.get("locators") or "locators.toml")).name
        return message("Found by selectors of {file}: {ids}.", file=file, ids=", ".join(ids)) if ids else None

    @property
    def repair_advice(self) -> Message | None:
        """Return how a user can repair what a changed page lacks, if that is why nothing is certain."""
        if self.record.reason is not Reason.PAGE_CHANGED:
            return None
        notes = [step.note for step in self.record.steps if step.reason is Reason.PAGE_CHANGED and step.note]
        return next(filter(None, map(advice_in, notes)), None)

    @property
    def signed_in_as_subject(self) -> bool:
        """Return whether the subject was signed in, rather than a colleague or nobody."""
        return self.record.signed_in_as is not None and self.is_subject(self.record.signed_in_as)

    @property
    def was_visit_of_subject(self) -> bool:
        """Return whether the run itself was a visit by the subject that prompts SharePoint to copy the photo."""
        return self.record.own_photo_requested is not None and self.signed_in_as_subject

    @property
    def pages(self) -> list[str]:
        """Return the URLs of the pages that the run was to visit."""
        return [str(url) for url in self.record.inputs.get("pages") or ()]

    @property
    def changed_at(self) -> datetime | None:
        """Return when the photo was changed according to `--changed-at`; None if that was not given."""
        try:
            moment = datetime.fromisoformat(str(self.record.inputs.get("changed_at") or ""))
        except ValueError:
            return None
        return moment if moment.tzinfo else None

    @property
    def sent(self) -> datetime | None:
        """Return when the photo was sent, by this run or an earlier one in its chain; None if it never was."""
        return self.record.sent or (self.record.previous.sent if self.record.previous else None)

    @cached_property
    def readings(self) -> list[Properties]:
        """Return the readings of the subject's profile properties to which SharePoint responded, first to last."""
        return [p for p in self.record.properties if p.values and self.is_subject(p.of)]

    @property
    def first_reading(self) -> Properties | None:
        """Return the profile properties as read before the visit to the pages, if SharePoint returned any."""
        return self.readings[0] if self.readings else None

    @property
    def last_reading(self) -> Properties | None:
        """Return the profile properties as last read, if SharePoint returned any."""
        return self.readings[-1] if self.readings else None

    def ref_of(self, reading: Properties) -> str:
        """Return the reference that evidence uses for a reading of the properties."""
        return f"properties/{self.record.properties.index(reading)}"

    @property
    def began(self) -> datetime:
        """Return the time of the run by the tenant's clock, else when the run began."""
        return self.record.clock or self.record.started

    @property
    def ended(self) -> datetime:
        """Return the time of the run by the tenant's clock, else when the run ended."""
        return self.record.clock or self.record.finished or self.record.started

    @property
    def crashed(self) -> bool:
        """Return whether a step failed because of a defect of the product."""
        return any(step.reason is Reason.CRASHED for step in self.record.steps)

    @property
    def last_step(self) -> Step | None:
        """Return the last step that began."""
        return next((s for s in reversed(self.record.steps) if s.status is not StepStatus.SKIPPED), None)

    @property
    def tells(self) -> bool:
        """Return whether the run is conclusive about the photo: it came to a verdict, or to an outcome."""
        if self.record.stop or self.record.interrupted_by or self.crashed:
            return False
        return self.record.verdict in CONCLUSIVE or self.record.outcome is not None

    @property
    def waits_for_a_person(self) -> bool:
        """Return whether the run ended because of something that a repetition cannot change, only a person."""
        if self.record.reason is Reason.USER_NOT_FOUND:
            return True
        stop = self.record.stop
        if stop is None:
            return False
        may_pass = self.record.reason in MAY_PASS if stop.may_pass is None else stop.may_pass
        return not may_pass or self.secret_refused

    @property
    def could_not_look(self) -> bool:
        """Return whether the network stopped the run, so that it says nothing and a later one may get through."""
        network = (Reason.HOST_UNREACHABLE, Reason.PROXY)
        return self.record.reason in network and not self.waits_for_a_person

    @property
    def secret_refused(self) -> bool:
        """Return whether the run was stopped after it sent a secret that was, or may have been, refused."""
        stop = self.record.stop
        if stop is None or self.record.reason not in REFUSED_SECRET:
            return False
        return self.record.reason is not Reason.SIGN_IN_ERROR or stop.secret_sent is not False

    @property
    def failed_steps(self) -> list[Step]:
        """Return the steps that failed."""
        return [step for step in self.record.steps if step.status is StepStatus.FAILED]

    @property
    def outcome_details(self) -> OutcomeDetails | None:
        """Return what the scenario says about the run's outcome; None without one, and in records of older versions."""
        record = self.record
        return record.scenario_details.of(record.outcome) if record.scenario_details and record.outcome else None

    @property
    def reached(self) -> bool:
        """Return whether a scenario that acts achieved its goal."""
        details = self.outcome_details
        return details.reached if details else self.record.outcome in REACHED

"""Records of what a run concludes: evidence, diagnoses, findings, changes since the last run, and outcomes."""

from __future__ import annotations

from troubleshooter.model.enums import Confidence, Outcome, ScenarioKind, Surface
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.scalars import Time


class Evidence(Message):
    """A fact that supports a diagnosis or an outcome."""

    ref: str | None = None
    """The supporting part of the record: `sightings/3`, `comparisons/0`, `properties/0`, `steps/sign-in`."""


class Diagnosis(Frozen):
    """A cause from the cause table, and what to do about it."""

    cause: str
    """Id in the cause table, `C1` … `C29`."""
    title: str = ""
    confidence: Confidence
    evidence: tuple[Evidence, ...]
    remedy: str
    who: str
    """Who can apply the remedy."""
    wait: str
    """How long it takes until the remedy takes effect."""
    recheck_after: Time | None = None
    confirm: str = ""
    """What would confirm the cause, in English."""
    known: str = ""
    """How well the cause itself is known: `documented`, `reported once`, `logical`."""


class Finding(Message):
    """An observation that is worth reporting, but is not a cause."""

    id: str
    """An id such as `source-differs-from-expected` or `blurry-source`."""
    ref: str | None = None


class Discrepancy(Message):
    """What is wrong with a file of a run's folder: it is not as the run left it."""

    file: str
    """The file, relative to the run's folder."""


class Change(Message):
    """One thing that differs from the previous run."""

    what: str
    """The kind of change: `verdict`, `outcome`, `cause`, `surface` or `property`."""
    surface: Surface | None = None
    page_url: str | None = None
    before: str | None = None
    after: str | None = None
    at: Time
    """When this run saw the change; for a copy's timestamp, the time in that timestamp."""
    ref: str | None = None


class OutcomeDetails(Frozen):
    """One outcome of a scenario that acts, and what the report says about it. Texts are English catalogue keys."""

    outcome: Outcome | str
    """A known outcome, or an id that the scenario declares."""
    reached: bool
    """Whether the outcome achieves the scenario's goal (exit code 0)."""
    label: str
    """A short label, such as `Photo added`."""
    headline: str
    """The report's headline, with `{name}` for the subject."""
    action: str
    """What the reader should do next."""
    check_with: str = ""
    """Id of the scenario that shows whether the action worked; empty for the same scenario."""


class ScenarioDetails(Frozen):
    """The details of a scenario that the report needs. Texts are English catalogue keys."""

    kind: ScenarioKind
    heading: str
    """The report's heading, such as `Profile photo check`."""
    outcomes: tuple[OutcomeDetails, ...] = ()
    """The outcomes that the scenario can have; empty for a scenario that compares."""
    result: Surface | None = None
    """The surface whose picture shows the result of an action."""
    stopped: str = ""
    """The headline if the run was stopped before it sent anything, with `{name}`; empty for the usual headline."""

    def of(self, outcome: str) -> OutcomeDetails | None:
        """Return the details of `outcome`; None if the scenario does not declare it."""
        return next((details for details in self.outcomes if details.outcome == outcome), None)

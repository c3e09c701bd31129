"""Records of what a run concludes: evidence, diagnoses, findings, changes since the last run, and outcomes."""

from __future__ import annotations

from troubleshooter.model.enums import Confidence, Outcome, ScenarioKind, Surface
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.scalars import Time


class Evidence(Message):
    """One fact that a diagnosis or an outcome rests on."""

    ref: str | None = None
    """Where to look: `sightings/3`, `comparisons/0`, `properties/0`, `steps/sign-in`."""


class Diagnosis(Frozen):
    """A cause from the cause table, and what to do about it."""

    cause: str
    """Id in the cause table, `C1` … `C27`."""
    title: str = ""
    confidence: Confidence
    evidence: tuple[Evidence, ...]
    remedy: str
    who: str
    """Who can do it."""
    wait: str
    """How long it takes until the remedy shows."""
    recheck_after: Time | None = None
    confirm: str = ""
    """What would confirm it, in English."""
    known: str = ""
    """How well the cause itself is known: `documented`, `reported once`, `logical`."""


class Finding(Message):
    """An observation that is worth reporting, but is not a cause."""

    id: str
    """For example `source-differs-from-expected`, `blurry-source`."""
    ref: str | None = None


class Change(Message):
    """One thing that differs from the previous run."""

    what: str
    """`verdict`, `outcome`, `cause`, `surface` or `property`."""
    surface: Surface | None = None
    page_url: str | None = None
    before: str | None = None
    after: str | None = None
    at: Time
    """When this run saw it; for a copy's timestamp, the time that it names."""
    ref: str | None = None


class OutcomeDetails(Frozen):
    """One outcome of a scenario that acts, and what the report says about it. Texts are English catalogue keys."""

    outcome: Outcome | str
    """A known outcome, or an id of the scenario's own."""
    reached: bool
    """Whether the scenario achieved what it is for: exit code 0."""
    label: str
    """A few words: `Photo added`."""
    headline: str
    """A sentence, with `{name}` for the subject."""
    action: str
    """What the reader should do next."""
    check_with: str = ""
    """Id of the scenario that shows whether it worked; empty for the same scenario."""


class ScenarioDetails(Frozen):
    """What the report needs to know about a scenario. Texts are English catalogue keys."""

    kind: ScenarioKind
    heading: str
    """The report's subject: `Profile photo check`."""
    outcomes: tuple[OutcomeDetails, ...] = ()
    """The outcomes that it can have; none for a scenario that compares."""
    result: Surface | None = None
    """The surface whose picture shows the result of an action."""
    stopped: str = ""
    """The headline where the run was stopped before it sent anything, with `{name}`; empty for the usual one."""

    def of(self, outcome: str) -> OutcomeDetails | None:
        """Return the details of `outcome`; None where the scenario does not declare it."""
        return next((details for details in self.outcomes if details.outcome == outcome), None)

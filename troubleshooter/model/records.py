"""Defines the frozen record of one run; all its parts can be imported from here. No I/O, no browser, no pixels.

Times are RFC 3339 in UTC with ``Z``. Sizes are ``(width, height)`` in device pixels, ``None`` if unknown.
Paths are relative to the run's folder. Readers ignore fields that they don't know.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from troubleshooter.model.enums import Confidence, Outcome, Reason, Verdict
from troubleshooter.model.judgement_records import (
    Change,
    Diagnosis,
    Evidence,
    Finding,
    OutcomeDetails,
    ScenarioDetails,
)
from troubleshooter.model.locators import LocatorMatch
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.page_records import FoundPage, Mixup, Properties, Unseen, WebPartPeople
from troubleshooter.model.scalars import Size, Time, rfc3339
from troubleshooter.model.sighting_records import Comparison, Hop, Placeholder, Replaced, Response, Sighting
from troubleshooter.model.step_records import Mark, Picture, Step

__all__ = [
    "SCHEMA",
    "Change",
    "Comparison",
    "Diagnosis",
    "Evidence",
    "Expected",
    "Finding",
    "FoundPage",
    "Hop",
    "LastKnown",
    "LocatorMatch",
    "Mark",
    "Mixup",
    "OutcomeDetails",
    "PhotoFile",
    "Picture",
    "Placeholder",
    "Previous",
    "Properties",
    "Record",
    "Replaced",
    "Response",
    "ScenarioDetails",
    "Sighting",
    "Size",
    "Step",
    "Stop",
    "Time",
    "Unseen",
    "Versions",
    "WebPartPeople",
    "rfc3339",
]

SCHEMA = 1


class Expected(Frozen):
    """The photo given with `--expect`."""

    name: str
    """The file's name, without its folder."""
    shot: str
    """Path of the copy in the evidence."""
    sha256: str
    natural_px: Size | None = None


class PhotoFile(Frozen):
    """The file given with `--photo`, as it was checked."""

    name: str
    """The file's name, without its folder."""
    shot: str
    """Path of the copy in the evidence."""
    sha256: str
    format: str
    """The file format as Pillow names it, such as `JPEG` or `PNG`."""
    bytes: int
    natural_px: Size
    """Size of the picture when upright."""
    turned: bool = False
    """Whether its EXIF orientation says that it is stored rotated."""
    kept: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """The part that a centered square crop keeps: left, top, width, height as shares of the upright picture."""


class Previous(Frozen):
    """The run that this one repeats."""

    run: str
    """Name of that run's folder."""
    first: str
    """Name of the first run in the chain."""
    finished: Time
    sent: Time | None = None
    """When a run in the chain sent the photo."""
    asked: Time | None = None
    """When a run in the chain first requested the user's photo from SharePoint since the copy last changed."""


class LastKnown(Frozen):
    """The result of the chain's newest conclusive run: this run is compared with it, or it still stands."""

    run: str
    """Name of its folder."""
    finished: Time
    verdict: Verdict
    outcome: str | None = None
    cause: str | None = None
    """Id of its first cause."""
    title: str = ""
    """That cause in words, in English."""


class Stop(Frozen):
    """The step at which a run was stopped, and the reason."""

    step: str | None
    what: Message
    """What prevented the run from continuing."""
    help: Message
    """What to do about it, and who can do it."""
    code: str | None = None
    """The service's own error code, such as `AADSTS50126`."""
    secret_sent: bool | None = None
    """Whether a password or a code was typed in the sign-in that was stopped; None in records of older versions."""
    may_pass: bool | None = None
    """Whether it may be gone at another look although nobody did anything; None if the reason alone tells."""


class Versions(Frozen):
    """The versions of the software that performed the run."""

    product: str = ""
    playwright: str = ""
    browser: str = ""
    system: str = ""


class Record(Frozen):
    """Everything that one run saw and concludes: `record.json`."""

    schema_: int = Field(default=SCHEMA, alias="schema")
    id: str
    """Name of the run's folder."""
    folder: str | None = None
    """Path of the run's folder; only in what `--json` prints, because folders are moved."""
    report: str | None = None
    """Path of the report, likewise."""
    scenario: str
    tenant: str
    """The `name` in the tenant file."""
    subject: str
    """UPN of the user whose photo is checked."""
    subject_name: str | None = None
    """The display name, if a page showed it."""
    account: str
    """The account's name given with `--as`."""
    signed_in_as: str | None = None
    """UPN found in the account panel."""
    sandbox: str | None = None
    """The fault's name, or `lab`; None only on a real tenant."""
    ticket: str | None = None
    started: Time
    finished: Time | None = None
    clock: Time | None = None
    """The tenant's own time, as given in its responses (a sandbox's clock may have been advanced)."""
    inputs: dict[str, Any] = {}
    """Everything that `recheck` needs to repeat the run; no secrets."""
    versions: Versions = Versions()
    verdict: Verdict = Verdict.INCONCLUSIVE
    reason: Reason | None = Reason.CRASHED
    stop: Stop | None = None
    interrupted_by: str | None = None
    """`SIGINT` (Ctrl-C) or `SIGTERM`, if such a signal ended the run; `time-limit`, if that did."""
    reference: int | str | None = None
    """Index of the sighting that the others are compared with, or `"expected"`."""
    expected: Expected | None = None
    scenario_details: ScenarioDetails | None = None
    """What the report says about the scenario; None in records of older versions."""
    outcome: Annotated[Outcome | str, Field(union_mode="left_to_right")] | None = None
    """The result of a scenario that acts; None for one that compares, or that did not get that far."""
    outcome_why: tuple[Evidence, ...] = ()
    """The evidence for the outcome."""
    outcome_recheck_after: Time | None = None
    """When to check again."""
    photo: PhotoFile | None = None
    replaced: Replaced | None = None
    sent: Time | None = None
    """When the photo was sent; None if nothing was sent."""
    previous: Previous | None = None
    changes: tuple[Change, ...] = ()
    """What differs from the run that `last_known` names; empty unless this run and an earlier one are conclusive."""
    last_known: LastKnown | None = None
    """None if no earlier run is repeated, if no earlier run is conclusive, and in records of older versions."""
    diagnoses: tuple[Diagnosis, ...] = ()
    findings: tuple[Finding, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    steps: tuple[Step, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    properties: tuple[Properties, ...] = ()
    site_properties: tuple[Properties, ...] = ()
    """The sites' own copies of the profile: the subject's row in each `siteuserinfolist`."""
    web_parts: tuple[WebPartPeople, ...] = ()
    mixups: tuple[Mixup, ...] = ()
    similar: tuple[str, ...] = ()
    """Addresses on the pages that the subject's may be a slip of; empty unless no such user was found."""
    found_pages: tuple[FoundPage, ...] = ()
    """Pages that the run chose because no `--page` named one."""
    placeholders: tuple[Placeholder, ...] = ()
    locators: tuple[LocatorMatch, ...] = ()
    """How each locator was found, in the order in which they were needed; empty in records of older versions."""
    own_photo_requested: Time | None = None
    """When this session, signed in as the subject, first requested the subject's photo from SharePoint; None if it
    never did."""
    blocked: tuple[str, ...] = ()
    """URLs of frames that were not loaded because their host does not belong to the tenant."""

    @property
    def beside(self) -> tuple[Diagnosis, ...]:
        """Return the other causes that are as certain as the first, so that fixing only the first is not enough."""
        return tuple(d for d in self.diagnoses[1:] if d.confidence is self.diagnoses[0].confidence is Confidence.HIGH)

"""Records of a run of many users: one result per user, and the summary.

Each result is a line of `results.jsonl`; the summary is `summary.json`. Paths are relative to the run's folder.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from troubleshooter.model.enums import Confidence, Reason, Verdict
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.scalars import Time

BATCH_SCHEMA = 1


class Depth(StrEnum):
    """How closely a user was looked at."""

    QUICK = "quick"
    """SharePoint's copy, the photo at its source, and the cards of a page: pictures only."""
    FULL = "full"
    """The whole scenario `photo-differs`, with a run folder of its own."""


class EndedBy(StrEnum):
    """Why a run of many users ended."""

    DONE = "done"
    INTERRUPTED = "interrupted"
    DEADLINE = "deadline"
    FAILURES = "failures"
    """As many failures as `--max-failures` names."""
    NOT_LET_IN = "not-let-in"
    CRASHED = "crashed"


class ChangedSince(StrEnum):
    """What became of a user's result since an earlier run."""

    NEW = "new"
    """Not in sync now; in sync, or not checked, before."""
    FIXED = "fixed"
    STILL = "still"
    """Not in sync in both, with the same causes."""
    CHANGED = "changed"
    """Not in sync in both, with another verdict, reason or causes."""
    ACCEPTED = "accepted"
    """Not in sync, and known: `--accept` names it."""


class Acceptance(Frozen):
    """A known difference, and until when it is accepted."""

    reason: str
    until: date
    expired: bool = False
    """Whether that day has passed, so that the difference counts again."""


class UserResult(Frozen):
    """What one user's check concluded."""

    number: int
    """The user's position in the list, from 1."""
    upn: str
    name: str | None = None
    """The display name, if a page showed it."""
    verdict: Verdict
    reason: Reason | None = None
    causes: tuple[str, ...] = ()
    """Ids in the cause table, most likely first."""
    depth: Depth
    accepted: bool = False
    """Whether the difference is known and does not count."""
    acceptance: Acceptance | None = None
    flaky: bool = False
    """Whether two looks at this user in this run disagreed; the closer look counts."""
    run: str | None = None
    """Path of the user's own run folder; None if there is none."""
    account: str = ""
    """The account that looked."""
    pages: tuple[str, ...] = ()
    """Pages on which the user was to be seen."""
    note: Message | None = None
    """What was seen, or what was in the way, in a sentence."""
    reference_shot: str | None = None
    """The picture that the others were compared with; kept only where something differs."""
    copy_shot: str | None = None
    """What SharePoint shows, kept likewise."""
    score: float | None = None
    """The largest distance between the two; None if they could not be compared."""
    limit: float | None = None
    """The largest distance at which those two would count as the same."""
    placeholder: bool = False
    """Whether SharePoint shows its placeholder although the source has a photo."""
    copied: Time | None = None
    """When SharePoint copied the photo, if its properties were read."""
    changed_at: Time | None = None
    """When the photo was changed at its source, if the list says so."""
    expected: bool = False
    """Whether the list gave the right photo, so that the source itself was checked as well."""
    set_aside: bool = False
    """Whether the user was given up in this run, because the browser crashed twice."""
    changed: ChangedSince | None = None
    """None if the run has no baseline, and for users that are in sync as before."""
    attempts: int = 1
    seconds: float = 0.0
    requests: int = 0
    """Requests for pictures and data that the check made of SharePoint."""
    asked: str = ""
    """Fingerprint of what the list asked about the user; `--only changed` compares it."""
    finished: Time

    @property
    def certain(self) -> bool:
        """Whether the verdict says what is shown, rather than that it cannot be told."""
        return self.verdict in (Verdict.IN_SYNC, Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO)

    @property
    def good(self) -> bool:
        """Whether nobody needs to act: in sync, or accepted."""
        return not self.set_aside and (self.verdict is Verdict.IN_SYNC or self.accepted)


class Pattern(Frozen):
    """A tenant-wide cause that fits most users. One user's evidence cannot show it; nothing here proves it."""

    cause: str
    """Id in the cause table: `C4`, `C8`, `C14` or `C26`."""
    confidence: Confidence
    """Never high: only somebody who sees the setting, or the service's health, can confirm the cause."""
    fits: int
    """Users who show what the cause predicts."""
    seen: int
    """Users who would show it if the cause were true."""
    evidence: tuple[Message, ...] = ()
    """The numbers that make the cause likely."""
    caveats: tuple[Message, ...] = ()
    """What else would look the same."""
    against: int = 0
    """Users who contradict the cause."""
    contradicting: tuple[str, ...] = ()
    """The first hundred of those users, in the list's order."""
    examples: tuple[str, ...] = ()
    """The first ten users who fit, in the list's order."""


class ChangeCounts(Frozen):
    """The number of users by what became of their results since the baseline; zeros without one."""

    new: int = 0
    fixed: int = 0
    still: int = 0
    changed: int = 0
    accepted: int = 0
    unclear: int = 0
    """Of the new and changed ones: the number of users of whom nothing can be told now."""


class Summary(Frozen):
    """A run of many users, in numbers: `summary.json`."""

    schema_: int = Field(default=BATCH_SCHEMA, alias="schema")
    id: str
    """Name of the run's folder."""
    tenant: str
    """The `name` in the tenant file."""
    sandbox: str | None = None
    """The fault's name, or `lab`; None only on a real tenant."""
    accounts: tuple[str, ...] = ()
    started: Time
    ended: Time | None = None
    ended_by: EndedBy = EndedBy.CRASHED
    total: int = 0
    """Users in the list, or in this shard of it."""
    counts: dict[str, int] = {}
    """Users by verdict."""
    causes: dict[str, int] = {}
    """Users by their first cause."""
    changed: ChangeCounts = ChangeCounts()
    accepted: int = 0
    """Users whose difference is known and does not count, with or without a baseline."""
    patterns: tuple[Pattern, ...] = ()
    """Tenant-wide causes that the pattern over the users makes likely, best first."""
    expired: tuple[str, ...] = ()
    """Users whose acceptance has expired."""
    flaky: int = 0
    requests: int = 0
    throttled: int = 0
    """The number of times that the service asked to slow down."""
    shard: str | None = None
    """`3/10`, if this is a part of a list."""
    split: str | None = None
    """A digest of the whole list and of how it was split: the same for parts that belong together."""
    missing: tuple[str, ...] = ()
    """Users, or `shard 3/10`, of which there is no result."""
    ticket: str | None = None
    lang: str = "en"
    """The language of its report, `index.html`."""
    baseline: str | None = None
    """Name of the folder of the run that this one is compared with."""
    checks: int = 1
    """How many times users were checked. If more than once, and there is no baseline, `changed` is since the first."""

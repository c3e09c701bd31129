"""The records of one run, frozen, and the closed lists that they draw on. No I/O, no browser, no pixels.

Times are RFC 3339 in UTC with ``Z``. Sizes are ``(width, height)`` in device pixels, ``None`` if unknown.
Paths are relative to the run's folder. Readers ignore fields that they don't know.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainSerializer

from troubleshooter.model.enums import (
    Confidence,
    Kind,
    MatchVerdict,
    Outcome,
    Reason,
    SessionKind,
    Source,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.message import Frozen, Message

SCHEMA = 1

Size = tuple[int, int]
"""Width and height in device pixels."""


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone, for example 2026-11-22T10:41:00Z")
    return moment.astimezone(UTC)


def rfc3339(moment: datetime) -> str:
    """``moment`` as ``2026-11-22T10:41:00.250Z``, with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


Time = Annotated[datetime, AfterValidator(_in_utc), PlainSerializer(rfc3339, return_type=str, when_used="json")]


class Mark(Frozen):
    """An element that a step acted on, to be drawn over the picture."""

    number: int
    """1 for the first on its picture."""
    box: tuple[float, float, float, float]
    """Left, top, width, height as shares (0 to 1) of the picture's width and height."""
    label: Message
    """What the element is, in the reader's words."""


class Picture(Frozen):
    """A photograph of a whole window."""

    path: str
    """The file, relative to the run's folder."""
    px: Size | None = None
    """Its size."""
    taken_at: Time
    caption: Message
    marks: tuple[Mark, ...] = ()
    masked: int = 0
    """How many places were covered because they show people who are not the subject."""


class Step(Frozen):
    """One instruction, performed and photographed."""

    id: str
    article_step: str | None
    """`B1` … `B4`, `A1` … `A4`, `N1`; None outside the article."""
    title: str
    """What is done, in English."""
    said: Message | None = None
    """The title as a sentence that can be said again in another language."""
    status: StepStatus
    reason: Reason | None = None
    note: Message | None = None
    """More about the reason: which page, which host."""
    started: Time | None = None
    finished: Time | None = None
    shots: tuple[str, ...] = ()
    """Paths of its pictures."""
    pictures: tuple[Picture, ...] = ()
    """The same pictures with what is seen on them."""
    unverified: bool = False
    """Whether it went by the page's structure, because no source gives a locator for what it needed."""
    beside: bool = False
    """Whether the verdict stands without it: `--also-profile`."""


class Hop(Frozen):
    """A redirect on the way to a picture."""

    status: int
    url: str
    """The address that was asked, cleaned."""
    headers: dict[str, str] = {}
    """Cache headers, as of `Response`."""


class Response(Frozen):
    """The response that filled an avatar, without secrets."""

    status: int
    content_type: str = ""
    bytes: int | None = None
    """Length of the body."""
    headers: dict[str, str] = {}
    """Cache headers: `cache-control`, `etag`, `last-modified`, `age`, `date`, `expires`, and what caches on the way
    say of themselves: `x-cache`, `via`."""
    at: Time | None = None
    """When it came."""
    url: str | None = None
    """The address that answered, cleaned; other than the sighting's where redirects led to it."""
    hops: tuple[Hop, ...] = ()
    """The redirects before it, first to last."""


class Sighting(Frozen):
    """One avatar of one person seen on one surface at one time."""

    surface: Surface
    step: str
    """Id of the step that saw it."""
    subject: str | None
    """UPN of the person, or None where nothing proved who it is."""
    identified_by: str | None
    """The evidence for `subject`: `session`, `photo-address`, `mail-link`, `canvas-data`, `profile-card`, `request`."""
    kind: Kind
    source: Source
    url: str | None = None
    """Address of the picture, cleaned of tokens."""
    page_url: str | None = None
    """Address of the page that showed it."""
    page: int | None = None
    """Which `--page` (0 for the first); None elsewhere."""
    locator: str | None = None
    """The locator that matched."""
    natural_px: Size | None = None
    """Size of the picture as served."""
    rendered_px: Size | None = None
    """Size of the avatar on the screen."""
    dpr: float | None = None
    """Device pixels per CSS pixel."""
    sha256: str | None = None
    """Of the file `shot`."""
    body_sha256: str | None = None
    """Of the bytes served."""
    shot: str | None = None
    """The picture; None where it would show somebody who is not the subject."""
    seen_at: Time
    response: Response | None = None
    session: SessionKind = SessionKind.PRIVATE

    @property
    def in_private_session(self) -> bool:
        """Return whether it was seen in the private session, not in a copy of a browser profile."""
        return self.session is SessionKind.PRIVATE


class Comparison(Frozen):
    """Two avatars held against each other."""

    a: int | str
    """Index in `sightings`, or `"expected"`."""
    b: int | str
    verdict: MatchVerdict
    score: float | None
    """A distance, 0 for identical; None when undetermined."""
    limit: float
    """The largest distance at which two pictures count as the same."""
    reason: str = ""
    """What differs, in English: `re-cropped: 20 % closer`."""
    said: Message | None = None
    """The reason as a sentence that can be said again in another language."""
    code: str = ""
    """Closed list: `same`, `other-photo`, `recropped`, `shifted`, `mirrored`, `greyscale`, `colour`, `brightness`,
    `retouched`, `placeholder`, `too-small`, `not-a-photo`, `unreadable`."""


class Evidence(Message):
    """One thing that a diagnosis stands on."""

    ref: str | None = None
    """Where to look: `sightings/3`, `comparisons/0`, `properties/0`, `steps/sign-in`."""


class Diagnosis(Frozen):
    """A cause from the cause table, and what to do about it."""

    cause: str
    """Id of the cause table, `C1` … `C26`."""
    title: str = ""
    confidence: Confidence
    evidence: tuple[Evidence, ...]
    remedy: str
    who: str
    """Who can do it."""
    wait: str
    """How long it takes to show."""
    recheck_after: Time | None = None
    confirm: str = ""
    """What would confirm it, in English."""
    known: str = ""
    """How well the cause itself is known: `documented`, `reported once`, `logical`."""


class Mixup(Frozen):
    """An avatar that says the subject's name, or links to the subject, and stands for another account."""

    page: int | None
    """Which `--page` (0 for the first)."""
    page_url: str
    surface: Surface
    how: str
    """`name`: the subject's name over another account; `other-name`: the same, and that account's own profile has
    another name; `contradiction`: the card names both accounts."""


class Finding(Message):
    """Worth saying, and no cause."""

    id: str
    """For example `source-differs-from-expected`, `blurry-source`."""
    ref: str | None = None


class Unseen(Frozen):
    """A surface that the run could not see, and why."""

    surface: Surface | None
    """None for something that is not an avatar, such as the sync properties."""
    page_url: str | None = None
    reason: Reason | None = None
    why: Message
    status: int | None = None
    """HTTP status of the answer that refused it; None where that is not what stood in the way."""


class Properties(Frozen):
    """The picture properties of a SharePoint user profile, as read."""

    of: str
    """UPN."""
    read_at: Time
    url: str
    status: int
    """HTTP status; 0 when nothing answered."""
    values: dict[str, str | None] = {}
    """`PictureURL`, `PictureUrl`, `SPS-PictureTimestamp`, `SPS-PicturePlaceholderState`, … as served."""
    timestamp: Time | None = None
    """`SPS-PictureTimestamp` decoded."""
    moment: str = "before"
    """`before` or `after` the visit to the pages; `site` for a site's own copy."""


class WebPartPeople(Frozen):
    """Whom a page's own data puts into a People web part or its byline. Nobody but the subject is named."""

    page: int | None
    """Which `--page` (0 for the first)."""
    page_url: str
    surface: Surface
    """`people-web-part` or `page-byline`."""
    instance: str = ""
    """Id of the web part on the page."""
    layout: int | None = None
    """1 compact, 2 descriptive; None where the data doesn't say."""
    count: int
    """How many people."""
    includes_subject: bool
    subject: dict[str, str] = {}
    """What the data says of the subject, field by field: `id`, `upn`, `email`, `aadObjectId` …"""
    others: tuple[str, ...] = ()
    """Addresses of the others; empty unless `--show-others`."""


class FoundPage(Frozen):
    """A page that the run chose by itself."""

    url: str
    how: Message
    """Why this one."""


class Expected(Frozen):
    """The photo that `--expect` names."""

    name: str
    """The file's name, without its folder."""
    shot: str
    """The copy in the evidence."""
    sha256: str
    natural_px: Size | None = None


class PhotoFile(Frozen):
    """The file that `--photo` names, as it was checked."""

    name: str
    """The file's name, without its folder."""
    shot: str
    """The copy in the evidence."""
    sha256: str
    format: str
    """As Pillow names it: `JPEG`, `PNG`."""
    bytes: int
    natural_px: Size
    """Upright."""
    turned: bool = False
    """Whether the file says that it is stored turned (EXIF orientation)."""
    kept: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """What a square crop from the middle keeps: left, top, width, height as shares of the upright picture."""


class Replaced(Frozen):
    """The picture that stood in a place before the run acted."""

    surface: Surface
    kind: Kind
    shot: str | None = None
    sha256: str | None = None
    file: str | None = None
    """The served picture itself, in the evidence; None where none came."""
    natural_px: Size | None = None
    seen_at: Time


class Previous(Frozen):
    """The run that this one repeats."""

    run: str
    """Name of its folder."""
    first: str
    """Name of the first run of the chain."""
    finished: Time
    sent: Time | None = None
    """When a run of the chain sent the photo."""
    asked: Time | None = None
    """When a run of the chain first asked SharePoint for the own photo since the copy last changed."""


class Change(Message):
    """One thing that is not as it was in the run before."""

    what: str
    """`verdict`, `outcome`, `cause`, `surface` or `property`."""
    surface: Surface | None = None
    page_url: str | None = None
    before: str | None = None
    after: str | None = None
    at: Time
    """When this run saw it; for a copy's timestamp the time that it names."""
    ref: str | None = None


class Placeholder(Frozen):
    """The picture that SharePoint shows for nobody, learned in this run."""

    surface: Surface
    """`userphoto-s`, `userphoto-m` or `userphoto-l`."""
    shot: str
    sha256: str
    body_sha256: str | None = None
    natural_px: Size | None = None


class Stop(Frozen):
    """Where and why a run ended before its time."""

    step: str | None
    what: Message
    """What stood in the way."""
    help: Message
    """Who can do what about it."""
    code: str | None = None
    """The service's own code: `AADSTS50126`."""


class Versions(Frozen):
    """What ran."""

    product: str = ""
    playwright: str = ""
    browser: str = ""
    system: str = ""


class Record(Frozen):
    """Everything that one run saw and says. `record.json`."""

    schema_: int = Field(default=SCHEMA, alias="schema")
    id: str
    """Name of the run's folder."""
    scenario: str
    tenant: str
    """`name` of the tenant file."""
    subject: str
    """UPN of the user whose photo is checked."""
    subject_name: str | None = None
    """The display name, where a page gave it."""
    account: str
    """The name after `--as`."""
    signed_in_as: str | None = None
    """UPN found in the account panel."""
    sandbox: str | None = None
    """None on a real tenant only; else the fault's name, or `lab`."""
    ticket: str | None = None
    started: Time
    finished: Time | None = None
    clock: Time | None = None
    """The tenant's own time where it is not the computer's (a sandbox whose clock was moved)."""
    inputs: dict[str, Any] = {}
    """Everything that `recheck` needs, without secrets."""
    versions: Versions = Versions()
    verdict: Verdict = Verdict.INCONCLUSIVE
    reason: Reason | None = Reason.CRASHED
    stop: Stop | None = None
    interrupted_by: str | None = None
    """`SIGINT` (Ctrl-C) or `SIGTERM`, where a person or a system ended the run."""
    reference: int | str | None = None
    """Index of the sighting that the others are held against, or `"expected"`."""
    expected: Expected | None = None
    outcome: Outcome | None = None
    """What a scenario that acts has brought about; None for one that only looks, or that did not get so far."""
    outcome_why: tuple[Evidence, ...] = ()
    """What the outcome stands on."""
    outcome_recheck_after: Time | None = None
    photo: PhotoFile | None = None
    replaced: Replaced | None = None
    sent: Time | None = None
    """When the photo was sent; None if nothing was."""
    previous: Previous | None = None
    changes: tuple[Change, ...] = ()
    """What is not as it was in the previous run."""
    diagnoses: tuple[Diagnosis, ...] = ()
    findings: tuple[Finding, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    steps: tuple[Step, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    properties: tuple[Properties, ...] = ()
    site_properties: tuple[Properties, ...] = ()
    """What the sites of the pages hold in their own copy of the profile: the subject's row of `siteuserinfolist`."""
    web_parts: tuple[WebPartPeople, ...] = ()
    mixups: tuple[Mixup, ...] = ()
    found_pages: tuple[FoundPage, ...] = ()
    """Pages that no `--page` named, and why each was chosen."""
    placeholders: tuple[Placeholder, ...] = ()
    own_photo_requested: Time | None = None
    """When this session first asked SharePoint for the subject's photo as the subject; None if it never did."""
    blocked: tuple[str, ...] = ()
    """Addresses of frames that were not loaded because their host is not the tenant's."""

    @property
    def beside(self) -> tuple[Diagnosis, ...]:
        """Return the causes that are as certain as the first one: what is done about that one mends only a part."""
        return tuple(d for d in self.diagnoses[1:] if d.confidence is self.diagnoses[0].confidence is Confidence.HIGH)

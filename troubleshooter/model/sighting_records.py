"""Records of what a run saw: avatars with the responses that filled them, and how two of them compare."""

from __future__ import annotations

from troubleshooter.model.enums import Kind, MatchVerdict, SessionKind, Source, Surface
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.scalars import Size, Time


class Hop(Frozen):
    """A redirect on the way to a picture."""

    status: int
    url: str
    """The URL that was requested, redacted."""
    headers: dict[str, str] = {}
    """Cache headers, as in `Response`."""


class Response(Frozen):
    """The response that filled an avatar, redacted."""

    status: int
    content_type: str = ""
    bytes: int | None = None
    """Length of the body."""
    headers: dict[str, str] = {}
    """Cache headers: `cache-control`, `etag`, `last-modified`, `age`, `date`, `expires`, and those of intermediate
    caches: `x-cache`, `via`."""
    at: Time | None = None
    """When the response arrived."""
    url: str | None = None
    """The URL that responded, redacted; differs from the sighting's URL after redirects."""
    hops: tuple[Hop, ...] = ()
    """The redirects before it, first to last."""


class Sighting(Frozen):
    """One avatar of one person, seen on one surface at one time."""

    surface: Surface
    step: str
    """Id of the step that saw it."""
    subject: str | None
    """UPN of the person; None if nothing proved who it is."""
    identified_by: str | None
    """The evidence for `subject`: `session`, `photo-address`, `mail-link`, `canvas-data`, `profile-card`, `request`."""
    kind: Kind
    source: Source
    url: str | None = None
    """URL of the picture, without tokens."""
    page_url: str | None = None
    """URL of the page that showed it."""
    page: int | None = None
    """Index of the `--page` that showed it (0 for the first); None elsewhere."""
    locator: str | None = None
    """The locator that matched."""
    natural_px: Size | None = None
    """Size of the picture as served."""
    rendered_px: Size | None = None
    """Size of the avatar on the screen."""
    dpr: float | None = None
    """Device pixels per CSS pixel."""
    sha256: str | None = None
    """Hash of the file `shot`."""
    body_sha256: str | None = None
    """Hash of the bytes served."""
    shot: str | None = None
    """Path of the picture; None if it would show somebody other than the subject."""
    preview: str | None = None
    """Path of a smaller copy for the report, never compared; None if `shot` itself is small."""
    seen_at: Time
    response: Response | None = None
    session: SessionKind = SessionKind.PRIVATE

    @property
    def in_private_session(self) -> bool:
        """Return whether the avatar was seen in the private session, not in a copy of a browser profile."""
        return self.session is SessionKind.PRIVATE


class Comparison(Frozen):
    """The comparison of two avatars."""

    a: int | str
    """Index in `sightings`, or `"expected"`."""
    b: int | str
    verdict: MatchVerdict
    score: float | None
    """A distance, 0 for identical; None when undetermined."""
    limit: float
    """The largest distance at which two pictures count as the same."""
    reason: str = ""
    """What differs, in English, such as `re-cropped: 20 % closer`."""
    said: Message | None = None
    """The reason as a message."""
    code: str = ""
    """A code from a closed list: `same`, `other-photo`, `recropped`, `shifted`, `mirrored`, `greyscale`, `colour`,
    `brightness`, `retouched`, `placeholder`, `too-small`, `not-a-photo`, `unreadable`."""


class Placeholder(Frozen):
    """The placeholder picture that SharePoint serves for people without a photo, as learned in this run."""

    surface: Surface
    """The surface: `userphoto-s`, `userphoto-m` or `userphoto-l`."""
    shot: str
    sha256: str
    body_sha256: str | None = None
    natural_px: Size | None = None


class Replaced(Frozen):
    """The picture that a place showed before the run acted."""

    surface: Surface
    kind: Kind
    shot: str | None = None
    sha256: str | None = None
    file: str | None = None
    """Path of the served picture in the evidence; None if none was served."""
    natural_px: Size | None = None
    seen_at: Time

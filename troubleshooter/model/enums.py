"""Defines the closed lists in the records: verdicts, reasons, surfaces, kinds. They may grow; nothing is renamed."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """A run's verdict on the photo. Only `out-of-sync` and `no-photo` lead to exit code 1."""

    IN_SYNC = "in-sync"
    OUT_OF_SYNC = "out-of-sync"
    NO_PHOTO = "no-photo"
    INCONCLUSIVE = "inconclusive"
    STOPPED = "stopped"


CONCLUSIVE = frozenset({Verdict.IN_SYNC, Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO})
"""Verdicts that say something about the photo."""


class Reason(StrEnum):
    """A reason why a run is inconclusive or was stopped. The list may grow; no reason is renamed."""

    NO_REFERENCE = "no-reference"
    SUBJECT_NOT_ON_PAGE = "subject-not-on-page"
    SUBJECT_NOT_IDENTIFIED = "subject-not-identified"
    PAGE_MISSING = "page-missing"
    PAGE_FORBIDDEN = "page-forbidden"
    PAGE_CHANGED = "page-changed"
    IMAGES_NOT_SETTLED = "images-not-settled"
    PICTURES_REFUSED = "pictures-refused"
    TOO_SMALL = "too-small"
    TOO_FEW_SIGHTINGS = "too-few-sightings"
    SIGNED_OUT = "signed-out"
    THROTTLED = "throttled"
    INTERRUPTED = "interrupted"
    TIME_LIMIT = "time-limit"
    CRASHED = "crashed"
    UNDETERMINED = "undetermined"
    PAGE_FAILED = "page-failed"
    NOT_A_PAGE = "not-a-page"
    REDIRECT_LOOP = "redirect-loop"
    PAGE_BLOCKED = "page-blocked"
    CONNECTION_FAILED = "connection-failed"
    NOT_REACHED = "not-reached"
    OWN_SESSION_ONLY = "own-session-only"
    NOT_SAVED = "not-saved"
    USER_NOT_FOUND = "user-not-found"
    USER_NOT_CONFIRMED = "user-not-confirmed"
    HOST_UNREACHABLE = "host-unreachable"
    PROXY = "proxy"
    BROWSER_MISSING = "browser-missing"
    UNEXPECTED_HOST = "unexpected-host"
    SESSION_CONTROL = "session-control"
    TENANT_MOVED = "tenant-moved"
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 - a reason, not a password
    UNKNOWN_USER = "unknown-user"
    ACCOUNT_LOCKED = "account-locked"
    ACCOUNT_DISABLED = "account-disabled"
    NOT_ASSIGNED = "not-assigned"
    PASSWORD_EXPIRED = "password-expired"  # noqa: S105
    MFA_NEEDED = "mfa-needed"
    MFA_DENIED = "mfa-denied"
    MFA_TIMEOUT = "mfa-timeout"
    REGISTRATION_NEEDED = "registration-needed"
    BLOCKED_BY_POLICY = "blocked-by-policy"
    CONSENT_NEEDED = "consent-needed"
    WRONG_ACCOUNT = "wrong-account"
    UNKNOWN_SIGN_IN_SCREEN = "unknown-sign-in-screen"
    SIGN_IN_ERROR = "sign-in-error"
    UPLOAD_NOT_ALLOWED = "upload-not-allowed"
    UPLOAD_REFUSED = "upload-refused"


INCONCLUSIVE_REASONS = frozenset(
    {
        Reason.NO_REFERENCE,
        Reason.SUBJECT_NOT_ON_PAGE,
        Reason.SUBJECT_NOT_IDENTIFIED,
        Reason.PAGE_MISSING,
        Reason.PAGE_FORBIDDEN,
        Reason.PAGE_CHANGED,
        Reason.IMAGES_NOT_SETTLED,
        Reason.PICTURES_REFUSED,
        Reason.TOO_SMALL,
        Reason.TOO_FEW_SIGHTINGS,
        Reason.SIGNED_OUT,
        Reason.THROTTLED,
        Reason.INTERRUPTED,
        Reason.TIME_LIMIT,
        Reason.CRASHED,
        Reason.UNDETERMINED,
        Reason.PAGE_FAILED,
        Reason.NOT_A_PAGE,
        Reason.REDIRECT_LOOP,
        Reason.PAGE_BLOCKED,
        Reason.CONNECTION_FAILED,
        Reason.NOT_REACHED,
        Reason.OWN_SESSION_ONLY,
        Reason.NOT_SAVED,
        Reason.USER_NOT_FOUND,
        Reason.USER_NOT_CONFIRMED,
    }
)
"""Reasons why the run cannot tell (exit code 4)."""
STOPPED_REASONS = frozenset(
    {
        Reason.HOST_UNREACHABLE,
        Reason.PROXY,
        Reason.BROWSER_MISSING,
        Reason.UNEXPECTED_HOST,
        Reason.SESSION_CONTROL,
        Reason.TENANT_MOVED,
        Reason.WRONG_PASSWORD,
        Reason.UNKNOWN_USER,
        Reason.ACCOUNT_LOCKED,
        Reason.ACCOUNT_DISABLED,
        Reason.NOT_ASSIGNED,
        Reason.PASSWORD_EXPIRED,
        Reason.MFA_NEEDED,
        Reason.MFA_DENIED,
        Reason.MFA_TIMEOUT,
        Reason.REGISTRATION_NEEDED,
        Reason.BLOCKED_BY_POLICY,
        Reason.CONSENT_NEEDED,
        Reason.WRONG_ACCOUNT,
        Reason.UNKNOWN_SIGN_IN_SCREEN,
        Reason.SIGN_IN_ERROR,
        Reason.UPLOAD_NOT_ALLOWED,
        Reason.UPLOAD_REFUSED,
    }
)
"""Reasons why the run was not let in (exit code 3)."""
MAY_PASS = frozenset({Reason.HOST_UNREACHABLE, Reason.SIGN_IN_ERROR})
"""The reasons for a stop that may be gone at another look although nobody did anything. Any other stop waits for a
person, unless it says itself that it may pass, as where a proxy is down. So does `sign-in-error` after a secret was
sent: perhaps it was the secret that was refused."""
REFUSED_SECRET = frozenset(
    {Reason.WRONG_PASSWORD, Reason.ACCOUNT_LOCKED, Reason.PASSWORD_EXPIRED, Reason.MFA_DENIED, Reason.SIGN_IN_ERROR}
)
"""Reasons for a stop after which the same secret must not be sent again by itself."""


class ScenarioKind(StrEnum):
    """The purpose of a scenario."""

    COMPARES = "compares"
    """The scenario checks every place, and its result is the verdict."""
    ACTS = "acts"
    """The scenario does something, and its result is an outcome."""


class Outcome(StrEnum):
    """The known results of scenarios that act; `verdict` still says only whether the photo is in sync."""

    PHOTO_ADDED = "photo-added"
    COPIED = "copied"
    ALREADY_CURRENT = "already-current"
    PENDING = "pending"
    NOT_ATTEMPTED = "not-attempted"
    CANNOT_TRIGGER = "cannot-trigger"
    NOT_TRIGGERED_BY_SERVICE = "not-triggered-by-service"


REACHED = frozenset({Outcome.PHOTO_ADDED, Outcome.COPIED, Outcome.ALREADY_CURRENT})
"""Outcomes that achieve the scenario's goal (exit code 0); the others do not (exit code 4)."""


class Surface(StrEnum):
    """A place that shows an avatar."""

    HOME_HEADER = "home-header"
    ACCOUNT_PANEL = "account-panel"
    ACCOUNT_PAGE = "account-page"
    SHAREPOINT_HEADER = "sharepoint-header"
    ONEDRIVE_HEADER = "onedrive-header"
    PEOPLE_WEB_PART = "people-web-part"
    PAGE_BYLINE = "page-byline"
    PAGE_COMMENT = "page-comment"
    PROFILE_CARD = "profile-card"
    LIST_AUTHOR = "list-author"
    PEOPLE_SEARCH = "people-search"
    USERPHOTO_S = "userphoto-s"
    USERPHOTO_M = "userphoto-m"
    USERPHOTO_L = "userphoto-l"
    STORED_THUMBNAIL = "stored-thumbnail"
    OUTLOOK_PHOTO = "outlook-photo"
    GRAPH_PHOTO = "graph-photo"
    OUTLOOK_HEADER = "outlook-header"
    TEAMS_HEADER = "teams-header"


USERPHOTO = (Surface.USERPHOTO_S, Surface.USERPHOTO_M, Surface.USERPHOTO_L)
PAGE_CONTENT = (Surface.PEOPLE_WEB_PART, Surface.PAGE_BYLINE, Surface.PAGE_COMMENT, Surface.LIST_AUTHOR)
"""Surfaces in a page's content, which is what `--page` is about, in reading order. A header or a card that floats above
the page is not content."""


class Kind(StrEnum):
    """What an avatar shows. An avatar that is still `loading` never counts as a sighting."""

    PHOTO = "photo"
    INITIALS = "initials"
    SILHOUETTE = "silhouette"
    BLANK = "blank"
    BROKEN = "broken"
    LOADING = "loading"


WITHOUT_PHOTO = frozenset({Kind.INITIALS, Kind.SILHOUETTE, Kind.BLANK})
"""What a place shows when there is no photo."""


class Source(StrEnum):
    """The store that an avatar came from, recognized by the picture's URL."""

    PEOPLE_SERVICE = "people-service"
    MAILBOX_COPY = "mailbox-copy"
    SHAREPOINT_COPY = "sharepoint-copy"
    SITE_COPY = "site-copy"
    SEARCH_INDEX = "search-index"
    OWN_CACHE = "own-cache"
    UNKNOWN = "unknown"


SOURCE_SIDE = frozenset({Source.PEOPLE_SERVICE, Source.MAILBOX_COPY})
"""Stores at the source of the photo, where a user changes it."""
COPIES = frozenset({Source.SHAREPOINT_COPY, Source.SITE_COPY, Source.SEARCH_INDEX})
"""Stores that copy the photo from the source."""


class SessionKind(StrEnum):
    """The browser session in which an avatar was seen."""

    PRIVATE = "private"
    """A new session that starts without cookies and without a cache."""
    PROFILE = "profile"
    """A copy of a browser profile (`--also-profile`), with its caches."""


class StepStatus(StrEnum):
    """The status with which a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class MatchVerdict(StrEnum):
    """The result of comparing two pictures."""

    SAME = "same"
    DIFFERENT = "different"
    UNDETERMINED = "undetermined"


class Confidence(StrEnum):
    """The strength of the evidence for a diagnosis."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

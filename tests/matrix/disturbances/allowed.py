"""How a disturbed run may end, as data. The rule behind the table:

A run may end as it would undisturbed, if what was disturbed is not needed or came in the end. Else it is stopped
before it is let in, or cannot tell afterwards, with a reason that fits what happened: a page that is "missing" only
after 404 or 410, one that is "forbidden" only after 401 or 403, and so on. No disturbance is a statement about a
password, an account, a policy or an attack. Only a picture that SharePoint refuses for good is a statement about the
photo, because people see a broken picture there (as with the fault `broken-image`: cause C14).
"""

from __future__ import annotations

from collections.abc import Mapping

USUAL = "usual"
"""Ends as the same run ends undisturbed."""

_SEEN_TOO_LITTLE = (
    "inconclusive/too-few-sightings", "inconclusive/no-reference", "inconclusive/not-reached",
    "inconclusive/images-not-settled", "inconclusive/undetermined",
)  # fmt: skip
"""Something did not come, or not in time."""
_NOT_LET_IN = ("stopped/host-unreachable", "stopped/sign-in-error", "stopped/unknown-sign-in-screen")
_NO_ANSWER = (
    *_NOT_LET_IN,
    *_SEEN_TOO_LITTLE,
    "inconclusive/connection-failed",
    "inconclusive/page-failed",
    "inconclusive/signed-out",
)
_STATUS = (*(end for end in _NO_ANSWER if end != "stopped/unknown-sign-in-screen"), "inconclusive/page-changed")
"""An error came instead of the page that was asked for: that is no sign-in page that nobody knows."""

BY_KIND: Mapping[str, tuple[str, ...]] = {
    "slow": (USUAL, *_NO_ANSWER),
    "silent": (USUAL, *_NO_ANSWER),
    "reset": (USUAL, *_NO_ANSWER),
    "half-sent": (USUAL, *_NO_ANSWER, "inconclusive/page-changed", "inconclusive/subject-not-on-page"),
    "401": (USUAL, *_STATUS, "inconclusive/page-forbidden"),
    "403": (USUAL, *_STATUS, "inconclusive/page-forbidden"),
    "404": (USUAL, *_STATUS, "inconclusive/page-missing", "inconclusive/user-not-confirmed"),
    "410": (USUAL, *_STATUS, "inconclusive/page-missing", "inconclusive/user-not-confirmed"),
    "429": (USUAL, *_STATUS, "inconclusive/throttled"),
    "500": (USUAL, *_STATUS),
    "503": (USUAL, *_STATUS, "inconclusive/throttled"),
    "tls": (USUAL, *_NO_ANSWER, "inconclusive/page-blocked"),
    "loop": (USUAL, *_NO_ANSWER, "inconclusive/redirect-loop"),
    "clock": (USUAL, *_SEEN_TOO_LITTLE),
    "browser-killed": ("inconclusive/crashed", "stopped/sign-in-error"),
    "page-killed": (USUAL, "inconclusive/crashed", "stopped/sign-in-error", *_SEEN_TOO_LITTLE),
    "disk-full": ("inconclusive/not-saved", "inconclusive/crashed"),
    "computer-clock": (USUAL, *_SEEN_TOO_LITTLE),
}
"""The verdict and the reason that each kind of disturbance may lead to."""
BROKEN_PICTURE: Mapping[tuple[str, str], tuple[str, ...]] = {
    (kind, place): ("out-of-sync",) for kind in ("401", "403", "404", "410") for place in ("userphoto", "cdn")
}
"""What may be said besides about a picture that people see broken."""
NO_PHOTO: Mapping[tuple[str, str], tuple[str, ...]] = {("404", "photo-service"): ("out-of-sync",)}
"""What may be said where a service says that there is no photo, which is what its 404 means: people see initials."""
ESSENTIAL = ("home", "sign-in", "sharepoint")
"""Hosts without which nothing can be told about the photo, if they give no answer at all."""
HARD = ("silent", "reset", "401", "403", "404", "410", "429", "500", "503", "tls", "loop")
"""Disturbances after which there is no page."""
CODES = {"in-sync": 0, "out-of-sync": 1, "no-photo": 1, "stopped": 3, "inconclusive": 4}
"""The exit code of each verdict, where the scenario has no outcome."""
REACHED = ("photo-added", "copied", "already-current")
"""Outcomes that lead to exit code 0."""


def allowed(kind: str, place: str) -> tuple[str, ...]:
    """Return how a run may end that is disturbed in this way, at this place."""
    ends = (*BY_KIND[kind], *BROKEN_PICTURE.get((kind, place), ()), *NO_PHOTO.get((kind, place), ()))
    if place in ESSENTIAL and kind in HARD:
        return tuple(end for end in ends if end != USUAL)
    return ends

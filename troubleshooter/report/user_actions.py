"""What the user can do, by cause, as steps in the second person; the causes that only others can remedy have none."""

from __future__ import annotations

from collections.abc import Mapping

from troubleshooter.locale import N_

_PRIVATE = N_("Open a private browser window: in Edge or Chrome, press Ctrl+Shift+N (on a Mac, ⌘+Shift+N).")
_CLOSE = N_("Wait until the page has loaded completely, then close the window. You do not need to select anything.")
_VISIT = (_PRIVATE, N_("Go to {page} and sign in as {user}."), _CLOSE)
_UPLOAD = (
    N_("Go to www.office.com and sign in as {user}."),
    N_(
        "Select the round picture (your photo or initials) at the top right or, on the new home page, at the "
        "bottom left; then the picture in the account panel."
    ),
    N_("Choose a photo of at least 648 × 648 pixels, and save it."),
)

ACTIONS: Mapping[str, tuple[str, ...]] = {
    "C1": _VISIT,
    "C2": _VISIT,
    "C7": _UPLOAD,
    "C10": _UPLOAD,
    "C11": (N_("If Microsoft 365 does not show the photo everywhere after a day, upload it again."), *_UPLOAD),
    "C12": (
        N_("Open {page} in your usual browser and press Ctrl+F5 (on a Mac, ⌘+Shift+R)."),
        N_("If it still shows the old photo, clear the browser’s cache."),
    ),
    "C15": _VISIT,
    "C17": (
        N_("Sign out of Outlook and Teams, close them, and sign in again."),
        N_("If they still show the old photo, you need not do anything else: they will update by themselves."),
    ),
    "C18": (
        N_("Only your own browser does not show the photo; others see it, so you need not do anything."),
        N_("To see it yourself, let the browser accept cookies from the company’s OneDrive."),
    ),
    "C23": _UPLOAD,
    "C24": _VISIT,
    "C25": _VISIT,
}
"""The steps of each cause in which the user has a part; `{page}` and `{user}` are filled in from the run."""

VISITS = frozenset(cause for cause, steps in ACTIONS.items() if steps is _VISIT)
"""The causes that a visit by the user remedies."""

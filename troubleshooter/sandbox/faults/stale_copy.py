"""The SharePoint copy is older than the photo, and the 24 hours are not over."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ..stores import Crop, Held, Photo
from ..sync import TO_MAILBOX

if TYPE_CHECKING:
    from ..state import State

SENTENCE = (
    "The photo was changed 2 hours ago; SharePoint copied the previous one 6 hours ago and may not try again yet."
)


def plant(state: "State") -> None:
    leave_behind(state, variant=1)


def leave_behind(state: "State", *, variant: int = 0, crop: Crop | None = None) -> None:
    """Leaves an earlier photo of the subject in SharePoint, behind the one that the source got 2 hours ago."""
    now, upn = state.clock.now(), state.subject
    changed = now - timedelta(hours=2)
    today = Photo(upn)
    state.people_service[upn] = Held(today, at=changed, changed=changed)
    state.mailbox[upn] = Held(today, at=changed + TO_MAILBOX, changed=changed)
    copied = now - timedelta(hours=6)
    state.sharepoint[upn] = state.site[upn] = replace(
        state.sharepoint[upn],
        photo=Photo(upn, variant, crop),
        copied=copied,
        tried=copied,
        changed=copied - timedelta(hours=1),
    )

"""Every store has the new photo, but browsers keep what they cached before it for a day."""

from datetime import timedelta

from troubleshooter.sandbox.faults.stale_copy import leave_behind
from troubleshooter.sandbox.state import State

DESCRIPTION = (
    "Every store has had the new photo for an hour; a browser that was shown the previous one (as with stale-copy) "
    "keeps it for a day."
)


def apply(state: State) -> None:
    """Change nothing but the photo, because userphoto.aspx always lets browsers cache its responses for a day."""
    leave_behind(state, state.subject, since=timedelta(hours=3), copied=timedelta(hours=1))

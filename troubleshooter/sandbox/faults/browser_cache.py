"""Every store has the new photo; browsers keep for a day what they were given before it."""

from datetime import timedelta

from troubleshooter.sandbox.faults.stale_copy import leave_behind
from troubleshooter.sandbox.state import State

DESCRIPTION = (
    "Every store has had the new photo for an hour; a browser that was shown the previous one (as with stale-copy) "
    "keeps it for a day."
)


def apply(state: State) -> None:
    """Change nothing but the photo: userphoto.aspx lets every browser keep its answers for a day, as always."""
    leave_behind(state, since=timedelta(hours=3), copied=timedelta(hours=1))

"""Pages already show the people service's photo, and the old copy stays as it is."""

from datetime import timedelta

from troubleshooter.sandbox.faults.stale_copy import leave_behind
from troubleshooter.sandbox.state import State

DESCRIPTION = (
    "Pages take photos from the people service; the old SharePoint copy is 40 days old and no visit renews it."
)


def apply(state: State) -> None:
    """Leave a copy that nothing renews, and pages that no longer show it."""
    leave_behind(state, state.subject, age=1, since=timedelta(days=5), copied=timedelta(days=40))
    state.flags.copy_stuck = True
    state.flags.pages_from_source = "all"

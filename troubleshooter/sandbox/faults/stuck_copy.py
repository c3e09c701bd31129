"""The SharePoint copy stays behind although the user keeps visiting."""

from datetime import timedelta

from troubleshooter.sandbox.faults.stale_copy import leave_behind
from troubleshooter.sandbox.state import State

DESCRIPTION = "The photo was changed 5 days ago; SharePoint still has the one of 10 days ago, whatever the user visits."


def apply(state: State) -> None:
    """Leave an old copy that no visit renews."""
    leave_behind(state, state.subject, age=1, since=timedelta(days=5), copied=timedelta(days=10))
    state.flags.copy_stuck = True

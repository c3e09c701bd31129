"""The SharePoint copy stays behind although the user comes back again and again."""

from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.faults.stale_copy import leave_behind

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The photo was changed 5 days ago; SharePoint still has the one of 10 days ago, whatever the user visits."
ENDS = Ends("out-of-sync", "C3", changed=timedelta(days=5))


def plant(state: "State") -> None:
    """Leaves an old copy that no visit renews."""
    leave_behind(state, age=1, since=timedelta(days=5), copied=timedelta(days=10))
    state.flags.copy_stuck = True

"""Pages show the people service already, and the old copy is left alone."""

from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.faults.stale_copy import leave_behind

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Pages take photos from the people service; the old SharePoint copy is 40 days old and no visit renews it."
ENDS = Ends("out-of-sync", "C26", changed=timedelta(days=5))


def plant(state: "State") -> None:
    """Leaves a copy that nothing renews, and pages that no longer look at it."""
    leave_behind(state, age=1, since=timedelta(days=5), copied=timedelta(days=40))
    state.flags.copy_stuck = True
    state.flags.pages_from_source = "all"

"""One web part of a page shows the people service, another the old copy."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.faults.stale_copy import leave_behind

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = (
    "The photo was changed 2 hours ago; some web parts already take photos from the people service, others "
    "still from the older SharePoint copy."
)
ENDS = Ends("out-of-sync", "C24")


def plant(state: "State") -> None:
    """Leaves an old copy, which only some of the web parts look at."""
    leave_behind(state, age=1)
    state.flags.pages_from_source = "descriptive"

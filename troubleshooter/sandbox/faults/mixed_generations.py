"""One web part of a page shows the people service's photo, another the old copy."""

from troubleshooter.sandbox.faults.stale_copy import leave_behind
from troubleshooter.sandbox.state import State

DESCRIPTION = (
    "The photo was changed 2 hours ago; some web parts already take photos from the people service, others "
    "still from the older SharePoint copy."
)


def apply(state: State) -> None:
    """Leave an old copy, which only some of the web parts show."""
    leave_behind(state, state.subject, age=1)
    state.flags.pages_from_source = "descriptive"

"""The SharePoint copy is an earlier crop of the same picture."""

from troubleshooter.sandbox.faults.stale_copy import leave_behind
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import Crop

DESCRIPTION = (
    "The photo was cropped again 2 hours ago; SharePoint still has the earlier, tighter crop of the same picture."
)


def apply(state: State) -> None:
    """Leave three quarters of the picture, slightly off center, in SharePoint."""
    leave_behind(state, state.subject, crop=Crop(left=0.16, top=0.08, size=0.75))

"""The SharePoint copy is an earlier crop of the same picture."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.faults.stale_copy import leave_behind
from troubleshooter.sandbox.stores import Crop

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The photo was cropped anew 2 hours ago; SharePoint still has the earlier, tighter crop of the same picture."
ENDS = Ends("out-of-sync", "C1")


def plant(state: "State") -> None:
    """Leaves three quarters of the picture, a little off its centre, in SharePoint."""
    leave_behind(state, crop=Crop(left=0.16, top=0.08, size=0.75))

"""Every store has the new photo; browsers keep what they were given before it for a day."""

from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.faults.stale_copy import leave_behind

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = (
    "Every store has the new photo since an hour ago; a browser that was shown the one before (as with stale-copy) "
    "keeps it for a day."
)
ENDS = Ends("out-of-sync", "C12", saw="stale-copy")


def plant(state: "State") -> None:
    """Changes nothing but the photo: userphoto.aspx lets every browser keep its answers for a day, as always."""
    leave_behind(state, since=timedelta(hours=3), copied=timedelta(hours=1))

"""The delivery network still hands out the photo before this one."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.faults.stale_copy import leave_behind

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "SharePoint copied the new photo 40 minutes ago, its delivery network still hands out the one before."
ENDS = Ends("out-of-sync", "C13")


def plant(state: "State") -> None:
    """Leaves the copy of last year with the delivery network only."""
    leave_behind(state, since=timedelta(hours=2), copied=timedelta(minutes=40))
    upn = state.subject
    state.cdn[upn] = replace(state.copy_of(upn), photo=state.photo_of(upn, age=1))

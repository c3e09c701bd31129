"""An admin took from everybody the right to edit the picture property."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = (
    "Users may not edit the picture property of their SharePoint profile, so nobody's photo has been copied "
    "for 30 days."
)
ENDS = Ends("out-of-sync", "C4", changed=timedelta(days=5))


def plant(state: "State") -> None:
    """Leaves last month's copy of everybody behind the photo of today."""
    state.policies.picture_editable = False
    now = state.clock.now()
    for upn, copy in list(state.sharepoint.items()):
        copied = now - timedelta(days=30)
        old = replace(
            copy, photo=state.photo_of(upn, age=1), copied=copied, tried=copied, changed=copied - timedelta(hours=1)
        )
        put_in_sharepoint(state, upn, old)
        put_at_source(state, upn, state.photo_of(upn), now - timedelta(days=5))

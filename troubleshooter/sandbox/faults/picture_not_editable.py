"""An admin has taken the right to edit the picture property away from everybody."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

DESCRIPTION = (
    "Users may not edit the picture property of their SharePoint profile, so nobody's photo has been copied "
    "for 30 days."
)


def apply(state: State) -> None:
    """Leave last month's copy of everybody's photo in SharePoint, behind the current one at the source."""
    state.policies.picture_editable = False
    now = state.clock.now()
    for upn, copy in list(state.sharepoint.items()):
        copied = now - timedelta(days=30)
        old = replace(
            copy, photo=state.photo_of(upn, age=1), copied=copied, tried=copied, changed=copied - timedelta(hours=1)
        )
        put_in_sharepoint(state, upn, old)
        put_at_source(state, upn, state.photo_of(upn), now - timedelta(days=5))

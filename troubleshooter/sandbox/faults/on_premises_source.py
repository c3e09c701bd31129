"""The company's own directory puts its photo back over the one in the cloud."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = (
    "The user changed the photo 3 hours ago and SharePoint has copied it; then the local directory put the "
    "old one back."
)
ENDS = Ends("out-of-sync", "C9", expect=True, changed=timedelta(hours=3))


def plant(state: "State") -> None:
    """Leaves the new photo in SharePoint, and the directory's small old one at the source."""
    upn, now = state.subject, state.clock.now()
    changed = now - timedelta(hours=3)
    ours = replace(state.photo_of(upn, age=3), side=300)
    state.directory.on_premises[upn] = ours
    put_at_source(state, upn, ours, now - timedelta(minutes=40))
    copy = replace(
        state.copy_of(upn),
        photo=state.photo_of(upn),
        copied=changed + timedelta(minutes=30),
        tried=changed + timedelta(minutes=30),
        changed=changed,
        placeholder="0",
        sync="1",
    )
    put_in_sharepoint(state, upn, copy)

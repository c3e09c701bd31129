"""The company's own directory overwrites the photo in the cloud with its own."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

DESCRIPTION = (
    "The user changed the photo 3 hours ago and SharePoint has copied it; then the local directory put the "
    "old one back."
)


def apply(state: State) -> None:
    """Leave the new photo in SharePoint, and the directory's small old one at the source."""
    upn, now = state.subject, state.clock.now()
    changed = now - timedelta(hours=3)
    of_directory = replace(state.photo_of(upn, age=3), side=300)
    state.directory.on_premises[upn] = of_directory
    put_at_source(state, upn, of_directory, now - timedelta(minutes=40))
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

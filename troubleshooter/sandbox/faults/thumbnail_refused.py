"""The directory's thumbnail is too large for the mailbox, so no store downstream of the source has a photo."""

from dataclasses import replace

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

DESCRIPTION = (
    "The photo is the directory's thumbnail, 96 pixels and more than 10 KB: the mailbox refused it, so "
    "SharePoint has none."
)


def apply(state: State) -> None:
    """Leave a small picture at the source and none downstream."""
    upn = state.subject
    stored = state.people_service.get(upn)
    changed = stored.changed if stored else state.clock.now()
    put_at_source(state, upn, replace(state.photo_of(upn), side=96), changed)
    for store in (state.mailbox, state.outlook_cache):
        store.pop(upn, None)
    put_in_sharepoint(state, upn, None)

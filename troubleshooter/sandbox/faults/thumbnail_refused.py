"""The directory's thumbnail is too heavy for the mailbox, so nothing after it has a photo."""

from dataclasses import replace
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = (
    "The photo is the directory's thumbnail, 96 pixels and more than 10 KB: the mailbox refused it, so "
    "SharePoint has none."
)
ENDS = Ends("out-of-sync", "C10")


def plant(state: "State") -> None:
    """Leaves a small picture at the source and none behind it."""
    upn = state.subject
    held = state.people_service.get(upn)
    changed = held.changed if held else state.clock.now()
    put_at_source(state, upn, replace(state.photo_of(upn), side=96), changed)
    for store in (state.mailbox, state.outlook_cache):
        store.pop(upn, None)
    put_in_sharepoint(state, upn, None)

"""The photo came from the directory's thumbnail and has too few pixels."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The photo came from the directory's thumbnail: 96 pixels a side, the same and blurry in every store."
ENDS = Ends("in-sync", "C10")


def plant(state: "State") -> None:
    """Puts a picture of 96 pixels into every store."""
    upn, now = state.subject, state.clock.now()
    small = replace(state.photo_of(upn), side=96)
    put_at_source(state, upn, small, now - timedelta(days=9))
    put_in_sharepoint(state, upn, replace(state.copy_of(upn), photo=small, placeholder="0"))

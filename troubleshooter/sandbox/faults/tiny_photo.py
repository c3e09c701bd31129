"""The photo came from the directory's thumbnail and has too few pixels."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

DESCRIPTION = "The photo came from the directory's thumbnail: 96 pixels a side, the same and blurry in every store."


def apply(state: State) -> None:
    """Put a picture of 96 pixels into every store."""
    upn, now = state.subject, state.clock.now()
    small = replace(state.photo_of(upn), side=96)
    put_at_source(state, upn, small, now - timedelta(days=9))
    put_in_sharepoint(state, upn, replace(state.copy_of(upn), photo=small, placeholder="0"))

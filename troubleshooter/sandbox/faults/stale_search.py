"""The search index is behind SharePoint's copy."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.state import State

DESCRIPTION = "SharePoint has the new photo; people search still shows the one that it indexed a month ago."


def apply(state: State) -> None:
    """Leave last year's copy in the index."""
    upn, now = state.subject, state.clock.now()
    old = now - timedelta(days=31)
    state.search[upn] = replace(state.copy_of(upn), photo=state.photo_of(upn, age=1), copied=old, tried=old)

"""The search index is behind SharePoint's copy."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "SharePoint has the new photo, people search still shows the one that it indexed a month ago."
ENDS = Ends("out-of-sync", "C16", surfaces=("people-search",))


def plant(state: "State") -> None:
    """Leaves last year's copy in the index."""
    upn, now = state.subject, state.clock.now()
    old = now - timedelta(days=31)
    state.search[upn] = replace(state.copy_of(upn), photo=state.photo_of(upn, age=1), copied=old, tried=old)

"""Outlook and Teams show what they cached before."""

from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.stores import StoredPhoto

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Every store has the new photo; Outlook and Teams still show the one that they cached before."
ENDS = Ends("out-of-sync", "C17", surfaces=("outlook-header", "teams-header"), told_to=("own",))


def plant(state: "State") -> None:
    """Leaves last year's photo in both caches."""
    upn, now = state.subject, state.clock.now()
    old = StoredPhoto(state.photo_of(upn, age=1), at=now - timedelta(days=20), changed=now - timedelta(days=400))
    state.outlook_cache[upn] = state.teams_cache[upn] = old

"""Outlook and Teams show what they cached earlier."""

from datetime import timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import StoredPhoto

DESCRIPTION = "Every store has the new photo; Outlook and Teams still show the one that they cached earlier."


def apply(state: State) -> None:
    """Leave last year's photo in both caches."""
    upn, now = state.subject, state.clock.now()
    old = StoredPhoto(state.photo_of(upn, age=1), at=now - timedelta(days=20), changed=now - timedelta(days=400))
    state.outlook_cache[upn] = state.teams_cache[upn] = old

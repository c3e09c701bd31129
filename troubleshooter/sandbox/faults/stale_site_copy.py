"""One site's own list of users is behind SharePoint's copy."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.state import State

DESCRIPTION = "SharePoint has the new photo; the site's own list of users still has the one of last year."


def apply(state: State) -> None:
    """Leave last year's copy of the subject's photo in the site's list of users."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Leave last year's copy of this user's photo in the site's list of users."""
    old = state.clock.now() - timedelta(days=200)
    state.site[upn] = replace(state.copy_of(upn), photo=state.photo_of(upn, age=1), copied=old, tried=old)

"""One site's own list of users is behind SharePoint's copy."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "SharePoint has the new photo, the site's own list of users still the one of last year."
ENDS = Ends("out-of-sync", "C15")


def plant(state: "State") -> None:
    """Leaves last year's copy in the site."""
    upn, now = state.subject, state.clock.now()
    old = now - timedelta(days=200)
    state.site[upn] = replace(state.copy_of(upn), photo=state.photo_of(upn, age=1), copied=old, tried=old)

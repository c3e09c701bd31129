"""The account was deleted and created again for somebody else; a site still has the entry of the former one."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.faults.never_visited import apply as never_visited
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import Photo

DESCRIPTION = "The account was created again under its old name; the site still shows the person who had it before."


def apply(state: State) -> None:
    """Empty SharePoint's profile of the subject, and leave another person's photo in the site's entry."""
    copy, upn, now = state.copy_of(state.subject), state.subject, state.clock.now()
    never_visited(state)
    old = now - timedelta(days=400)
    state.site[upn] = replace(copy, photo=Photo("victor.stanescu@contoso.com"), copied=old, tried=old, placeholder="0")

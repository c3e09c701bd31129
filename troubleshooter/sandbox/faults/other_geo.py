"""The user's profile lives in another region of the company."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The user lives in another geo of the company: SharePoint here knows neither profile picture nor copy."
ENDS = Ends("out-of-sync", "C22")


def plant(state: "State") -> None:
    """Moves the profile to another geo's host and leaves nothing here."""
    # The name of a geo's host is the sandbox's own; the facts say only that PersonalSiteHostUrl tells the geo.
    state.directory.geo[state.subject] = "contosoeur-my.sharepoint.com"
    put_in_sharepoint(state, state.subject, None)

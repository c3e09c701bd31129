"""The user's profile is in another geo location of the company."""

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = "The user is in another geo of the company: SharePoint here has neither profile picture nor copy."


def apply(state: State) -> None:
    """Move the profile to another geo location's host and leave nothing here."""
    # The host's name is the sandbox's own; the facts say only that PersonalSiteHostUrl names the geo location.
    state.directory.geo[state.subject] = "contosoeur-my.sharepoint.com"
    put_in_sharepoint(state, state.subject, None)

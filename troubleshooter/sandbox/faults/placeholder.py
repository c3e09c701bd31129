"""The thumbnails exist, but the profile says that they are a placeholder."""

from dataclasses import replace

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = "SharePoint has the photo, but its profile is marked as showing a placeholder."


def apply(state: State) -> None:
    """Set the placeholder state, although the copy is the right photo."""
    upn = state.subject
    put_in_sharepoint(state, upn, replace(state.copy_of(upn), placeholder="1"))

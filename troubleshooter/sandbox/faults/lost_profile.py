"""SharePoint's thumbnails lack the color profile of the photo."""

from dataclasses import replace

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = "The photo was uploaded in ProPhoto RGB; SharePoint's thumbnails have lost the profile: duller colors."


def apply(state: State) -> None:
    """Leave the current photo in SharePoint, without its profile."""
    copy = state.copy_of(state.subject)
    assert copy.photo is not None
    put_in_sharepoint(state, state.subject, replace(copy, photo=replace(copy.photo, profile_lost=True)))

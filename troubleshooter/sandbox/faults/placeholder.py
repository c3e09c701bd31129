"""The thumbnails are there, but the profile says that they are a placeholder."""

from dataclasses import replace
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "SharePoint has the photo, but its profile is marked as showing a placeholder."
ENDS = Ends("out-of-sync", "C6")


def plant(state: "State") -> None:
    """Raises the placeholder flag over the right photo."""
    upn = state.subject
    put_in_sharepoint(state, upn, replace(state.copy_of(upn), placeholder="1"))

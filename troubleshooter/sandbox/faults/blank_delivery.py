"""A regression of the service: it answers with the silhouette for everybody."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = (
    "SharePoint's photo service answers with the silhouette for everybody, although each profile has its picture."
)
ENDS = Ends("out-of-sync", "C14")


def plant(state: "State") -> None:
    """Makes every request for a photo end at the placeholder."""
    state.flags.photos_blank = True

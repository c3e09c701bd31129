"""SharePoint accepts requests for photos and never finishes them."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "SharePoint's photos never arrive: each request is held until the browser gives up."
ENDS = Ends("inconclusive", reason="images-not-settled")


def plant(state: "State") -> None:
    """Holds every photo that SharePoint sends."""
    state.flags.photos_hang = True

"""A web part asks for the smallest picture and draws it large."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Web parts draw the smallest stored picture (48 pixels) much larger than it is: right, but blurry."
ENDS = Ends("in-sync", "C23")


def plant(state: "State") -> None:
    """Makes cards ask for size S and draw it large."""
    state.flags.small_pictures = True

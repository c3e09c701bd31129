"""Cards show initials for some seconds before they ask for their photos."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Cards show initials for some seconds before they ask for their photos."
ENDS = Ends("in-sync")


def plant(state: "State") -> None:
    state.flags.photos_late = True

"""Pages show the user in a web part of another kind as well, which their data does not name."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Pages show the user in a web part of another kind as well, which their data does not name."
ENDS = Ends("in-sync")


def plant(state: "State") -> None:
    state.flags.other_part = True

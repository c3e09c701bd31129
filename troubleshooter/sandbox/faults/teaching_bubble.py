"""A teaching bubble lies over the account panel until it is closed."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "A teaching bubble lies over the account panel until it is closed."
ENDS = Ends("in-sync")


def plant(state: "State") -> None:
    state.flags.bubble = "closes"

"""A bubble that nothing closes lies over the account panel."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "A bubble that nothing closes lies over the account panel."
ENDS = Ends("inconclusive", reason="images-not-settled")


def plant(state: "State") -> None:
    state.flags.bubble = "stays"

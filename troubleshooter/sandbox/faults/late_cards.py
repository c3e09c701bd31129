"""People web parts stand empty for some seconds before their cards come."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "People web parts stand empty for some seconds before their cards come."
ENDS = Ends("in-sync")


def plant(state: "State") -> None:
    state.flags.cards_late = True

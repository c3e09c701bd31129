"""Who looks is a guest, and guests may not read members' photos."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.people import PEOPLE

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Whoever looks, other than the user, is a guest of the company: photos of members are refused to them."
ENDS = Ends("inconclusive", "C21", reason="no-reference", told_to=("colleague",))


def plant(state: "State") -> None:
    """Makes everybody else a guest."""
    state.directory.guests |= set(PEOPLE) - {state.subject}

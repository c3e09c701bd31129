"""The pages are gone."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The pages that the demo visits do not exist."
ENDS = Ends("inconclusive", reason="page-missing")


def plant(state: "State") -> None:
    """Deletes the demo's pages."""
    state.flags.pages_missing = True

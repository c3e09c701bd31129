"""The pages do not mention the user."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The user is on none of the pages: in no People web part, byline or comment."
ENDS = Ends("inconclusive", reason="subject-not-on-page")


def plant(state: "State") -> None:
    """Takes the subject out of every page's content."""
    state.flags.subject_left_out = True

"""After SharePoint was opened, the next page leads to sign-in again, without an error, once."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "After SharePoint was opened, the next page leads to sign-in again, without an error, once."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(lost_midway=True)

"""Instead of the password, a Temporary Access Pass is asked for."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "Instead of the password, a Temporary Access Pass is asked for."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(credential="access-pass")

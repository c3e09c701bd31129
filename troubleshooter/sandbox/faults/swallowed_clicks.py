"""Sign-in pages lose every click within 500 ms of typing."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "Sign-in pages lose every click within 500 ms of typing."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(swallows=500)

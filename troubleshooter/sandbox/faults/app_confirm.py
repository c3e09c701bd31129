"""After the password, the app is to be confirmed (error 50199)."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "After the password, the app is to be confirmed (error 50199)."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(steps=("app-confirm", "kmsi"))

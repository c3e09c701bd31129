"""After the password, the service's error page (AADSTS50105)."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "After the password, the service's error page (AADSTS50105)."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(steps=("error",))

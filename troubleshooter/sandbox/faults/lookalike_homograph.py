"""Sign-in is redirected to the sign-in host's name with a Cyrillic letter."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "Sign-in is redirected to the sign-in host's name with a Cyrillic letter."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(start="homograph")

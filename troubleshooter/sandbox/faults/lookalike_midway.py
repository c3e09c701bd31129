"""After the password, a redirect to a look-alike host asks for it again."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "After the password, a redirect to a look-alike host asks for it again."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(steps=("lookalike",))

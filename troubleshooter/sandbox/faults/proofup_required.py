"""After the password, security info must be registered before anything else."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "After the password, security info must be registered before anything else."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(steps=("proof-up", "kmsi"))

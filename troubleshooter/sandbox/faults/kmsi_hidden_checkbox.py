"""Branding styles the box of the question whether to stay signed in out of sight."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "Branding styles the box of the question whether to stay signed in out of sight."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(checkbox_hidden=True)

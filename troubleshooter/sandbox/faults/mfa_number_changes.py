"""Like mfa-number, but the number changes once while it is shown."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "Like mfa-number, but the number changes once while it is shown."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(
        steps=("mfa", "kmsi"), proofs=("PhoneAppNotification",), number_changes=True, answers_after=5.0
    )

"""Instead of the password, a request on the phone; the password can be used as well."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "Instead of the password, a request on the phone; the password can be used as well."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(credential="passwordless")

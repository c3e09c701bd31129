"""AD FS asks for the password, and no account says that it may."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "AD FS asks for the password, and no account says that it may."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(federation="adfs", federation_told=False)

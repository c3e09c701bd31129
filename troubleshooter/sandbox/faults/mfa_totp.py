"""After the password, a code of the authenticator app is asked for; the accounts know their seed."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "After the password, a code of the authenticator app is asked for; the accounts know their seed."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(steps=("mfa", "kmsi"), proofs=("PhoneAppOTP",), totp_told=True)

"""After the password, a list of methods comes first; the accounts know no seed."""

from typing import TYPE_CHECKING

from ..sign_in_plan import SignInPlan

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "After the password, a list of methods comes first; the accounts know no seed."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = SignInPlan(
        steps=("mfa", "kmsi"), proofs=("PhoneAppNotification", "PhoneAppOTP", "OneWaySMS"), lists_proofs=True
    )

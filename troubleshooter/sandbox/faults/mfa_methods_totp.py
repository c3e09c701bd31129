"""After the password, a list of methods comes first; the accounts know their seed."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password, a list of methods comes first; the accounts know their seed."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(
        state.flags.sign_in,
        steps=("mfa", "kmsi"),
        proofs=("PhoneAppNotification", "PhoneAppOTP", "OneWaySMS"),
        lists_proofs=True,
        totp_known=True,
    )

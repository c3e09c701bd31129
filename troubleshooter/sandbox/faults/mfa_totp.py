"""After the password, a code of the authenticator app is asked for; the accounts know their seed."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password, a code of the authenticator app is asked for; the accounts know their seed."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, steps=("mfa", "kmsi"), proofs=("PhoneAppOTP",), totp_known=True)

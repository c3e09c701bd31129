"""A request on the phone that nobody answers; another way leads to the code, whose seed is known."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "A request on the phone that nobody answers; another way leads to the code, whose seed is known."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(
        state.flags.sign_in,
        steps=("mfa", "kmsi"),
        proofs=("PhoneAppNotification", "PhoneAppOTP"),
        totp_known=True,
        outcome="none",
        answers_after=20.0,
    )

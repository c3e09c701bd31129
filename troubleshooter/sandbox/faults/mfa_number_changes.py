"""Like mfa-number, but the number changes once while it is shown."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Like mfa-number, but the number changes once while it is shown."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(
        state.flags.sign_in,
        steps=("mfa", "kmsi"),
        proofs=("PhoneAppNotification",),
        number_changes=True,
        answers_after=5.0,
    )

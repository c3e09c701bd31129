"""The request on the phone is denied after 2 seconds."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The request on the phone is denied after 2 seconds."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(
        state.flags.sign_in,
        steps=("mfa", "kmsi"),
        proofs=("PhoneAppNotification",),
        outcome="denied",
        answers_after=2.0,
    )

"""After the password, a request on the phone without a number; it is approved after 3 seconds."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password, a request on the phone without a number; it is approved after 3 seconds."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(
        state.flags.sign_in, steps=("mfa", "kmsi"), proofs=("PhoneAppNotification",), shows_number=False
    )

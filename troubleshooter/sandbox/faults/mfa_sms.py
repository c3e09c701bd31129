"""After the password, the code of a text message is asked for, which only a person can read."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password, the code of a text message is asked for, which only a person can read."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, steps=("mfa", "kmsi"), proofs=("OneWaySMS",))

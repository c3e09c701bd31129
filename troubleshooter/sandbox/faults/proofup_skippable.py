"""After the password, security info is to be registered, which can wait for 14 days."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password, security info is to be registered, which can wait for 14 days."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, steps=("proof-up", "kmsi"), days_left=14)

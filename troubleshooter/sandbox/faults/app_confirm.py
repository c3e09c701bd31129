"""After the password, the app is to be confirmed (error 50199)."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password, the app is to be confirmed (error 50199)."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, steps=("app-confirm", "kmsi"))

"""After the password: the app to confirm, security info that can wait, stay signed in."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password: the app to confirm, security info that can wait, stay signed in."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, steps=("app-confirm", "proof-up", "kmsi"), days_left=3)

"""After the password, a screen that no one has described yet (code 399218)."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password, a screen that no one has described yet (code 399218)."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, steps=("unknown", "kmsi"))

"""Sign-in is redirected to the sign-in host's name with a Cyrillic letter."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Sign-in is redirected to the sign-in host's name with a Cyrillic letter."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, start="homograph")

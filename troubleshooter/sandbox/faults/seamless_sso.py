"""Before it asks for the password, the sign-in page tries in a hidden frame whether the computer signs in by itself."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Before it asks for the password, the page tries in a hidden frame whether the computer signs in by itself."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, seamless=True)

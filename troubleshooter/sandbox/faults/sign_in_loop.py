"""The home page never believes the sign-in, until the service ends the loop (error 50196)."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The home page never believes the sign-in, until the service ends the loop (error 50196)."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, loops=True)

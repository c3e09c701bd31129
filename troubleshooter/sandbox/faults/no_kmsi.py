"""Branding hides the question whether to stay signed in."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Branding hides the question whether to stay signed in."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, steps=())

"""Branding styles the box of the question whether to stay signed in out of sight."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Branding styles the box of the question whether to stay signed in out of sight."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, checkbox_hidden=True)

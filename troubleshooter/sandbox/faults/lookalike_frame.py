"""The sign-in page holds a frame of a look-alike host, with fields for e-mail and password."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The sign-in page holds a frame of a look-alike host, with fields for e-mail and password."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, start="lookalike-frame")

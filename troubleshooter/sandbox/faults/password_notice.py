"""The empty password field asks for the password in a notice as soon as it appears, which is no refusal."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The empty password field asks for the password in a notice as soon as it appears, which is no refusal."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, notice=True)

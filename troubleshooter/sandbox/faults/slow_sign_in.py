"""The sign-in service takes 3 seconds for each answer, under the busy overlay."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The sign-in service takes 3 seconds for each answer, under the busy overlay."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, busy=3.0)

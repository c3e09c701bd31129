"""The window takes two pictures, and only its words tell which is the photo."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The window takes two pictures, and only its words tell which is the photo."


def plant(state: "State") -> None:
    state.flags.two_file_inputs = True

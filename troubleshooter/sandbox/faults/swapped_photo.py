"""A script swaps the pictures of the cards some seconds after the page has settled."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "A script swaps the pictures of the cards some seconds after the page has settled."


def plant(state: "State") -> None:
    state.flags.photo_swapped = True

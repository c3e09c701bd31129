"""The pages are gone."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "The pages that the demo visits do not exist."


def plant(state: "State") -> None:
    """Deletes the demo's pages."""
    state.flags.pages_missing = True

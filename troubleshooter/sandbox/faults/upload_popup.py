"""The photo is changed in a window over the page, from the circle in the account panel."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The photo is changed in a window over the page, from the circle in the account panel."


def plant(state: "State") -> None:
    state.flags.upload_window = "popup"

"""The window in which the photo is changed has buttons that only their words tell apart, all there from the start."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The window in which the photo is changed has buttons that only their words tell apart."


def plant(state: "State") -> None:
    state.flags.plain_window = state.flags.all_at_once = True

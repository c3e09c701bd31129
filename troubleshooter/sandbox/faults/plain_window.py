"""The window in which the photo is changed has buttons that only their words tell apart."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "The window in which the photo is changed has buttons that only their words tell apart."


def plant(state: "State") -> None:
    state.flags.plain_window = True

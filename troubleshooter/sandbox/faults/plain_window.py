"""The window in which the photo is changed has buttons that look alike; those that send come one by one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The window in which the photo is changed has buttons that look alike; those that send come one by one."


def plant(state: "State") -> None:
    state.flags.plain_window = True

"""The photo is changed on the My Account page, by the pencil beside it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The photo is changed on the My Account page, by the pencil beside it."


def plant(state: "State") -> None:
    state.flags.upload_window = "account"

"""Nothing that changes the photo is offered to the user."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Nothing that changes the photo is offered to the user."


def plant(state: "State") -> None:
    state.flags.camera_hidden = True

"""An uploaded photo is taken in, and shown 20 minutes later."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "An uploaded photo is taken in, and shown 20 minutes later."


def plant(state: "State") -> None:
    state.flags.upload_late = True

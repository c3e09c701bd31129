"""The photo is changed on the Microsoft 365 profile only; the circle in the panel leads nowhere."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The photo is changed on the Microsoft 365 profile only; the circle in the panel leads nowhere."


def plant(state: "State") -> None:
    state.flags.upload_window = "profile"

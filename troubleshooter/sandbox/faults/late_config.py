"""Sign-in pages get $Config after 1.2 seconds and stay hidden for 0.8 seconds more."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Sign-in pages get $Config after 1.2 seconds and stay hidden for 0.8 seconds more."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, config_late=1200, drawn_late=800)

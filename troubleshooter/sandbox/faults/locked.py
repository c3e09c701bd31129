"""The account is locked: the right password is refused with error 50053."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The account is locked: the right password is refused with error 50053."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, refusal=50053)

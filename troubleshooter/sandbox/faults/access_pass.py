"""Instead of the password, a Temporary Access Pass is asked for."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Instead of the password, a Temporary Access Pass is asked for."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, credential="access-pass")

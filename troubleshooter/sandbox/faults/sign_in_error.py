"""After the password, the service's error page (AADSTS50105)."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the password, the service's error page (AADSTS50105)."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, steps=("error",))

"""No password is right."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "Sign-in refuses every password (error 50126)."


def plant(state: "State") -> None:
    """Refuses whatever password comes."""
    state.flags.refuse_passwords = True

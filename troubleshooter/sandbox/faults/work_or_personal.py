"""After the e-mail, a work or a personal account is to be chosen."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After the e-mail, a work or a personal account is to be chosen."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, asks_work_or_personal=True)

"""After SharePoint was opened, the next page leads to sign-in again, without an error, once."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "After SharePoint was opened, the next page leads to sign-in again, without an error, once."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, lost_midway=True)

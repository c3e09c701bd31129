"""Instead of the password, login.microsoft.com asks for a passkey; another way leads to the password."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Instead of the password, login.microsoft.com asks for a passkey; another way leads to the password."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, credential="passkey")

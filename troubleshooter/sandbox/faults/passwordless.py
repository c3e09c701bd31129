"""Instead of the password, a request on the phone; the password can be used as well."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Instead of the password, a request on the phone; the password can be used as well."


def plant(state: "State") -> None:
    """Changes the way through sign-in."""
    state.flags.sign_in = replace(state.flags.sign_in, credential="passwordless")

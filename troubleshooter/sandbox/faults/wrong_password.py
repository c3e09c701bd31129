"""No password is right."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "Sign-in refuses every password (error 50126)."
ENDS = Ends("stopped", reason="wrong-password")


def plant(state: "State") -> None:
    """Refuses whatever password comes."""
    state.flags.refuse_passwords = True

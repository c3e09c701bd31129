"""The browser sends no cookies with pictures of the OneDrive host."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = (
    "The browser sends no third-party cookies: cards that take their picture from the OneDrive host show it broken."
)
ENDS = Ends("inconclusive", "C18", reason="images-not-settled")


def plant(state: "State") -> None:
    """Makes the OneDrive host refuse pictures that another host's page embeds."""
    state.policies.third_party_cookies = False

"""The browser sends no cookies with pictures from the OneDrive host."""

from troubleshooter.sandbox.state import State

DESCRIPTION = (
    "The browser sends no third-party cookies: cards that take their picture from the OneDrive host show it broken."
)


def apply(state: State) -> None:
    """Make the OneDrive host refuse pictures that another host's page embeds."""
    state.policies.third_party_cookies = False

"""The viewer is a guest, and guests may not read members' photos."""

from troubleshooter.sandbox.state import State

DESCRIPTION = "Every viewer other than the user is a guest of the company, who may not see photos of members."


def apply(state: State) -> None:
    """Make everybody but the subject a guest."""
    state.directory.guests |= set(state.people) - {state.subject}

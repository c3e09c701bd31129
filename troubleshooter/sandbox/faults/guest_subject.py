"""The user is a guest: nobody but an admin can give them a photo."""

from troubleshooter.sandbox.faults.no_photo import remove_everywhere
from troubleshooter.sandbox.state import State

DESCRIPTION = "The user is a guest of the company: without an admin's help there is no photo of them anywhere."


def apply(state: State) -> None:
    """Make the subject a guest, who has no photo in any store."""
    state.directory.guests.add(state.subject)
    remove_everywhere(state, state.subject)

"""The user is a guest: nobody but an admin can give them a photo."""

from troubleshooter.sandbox.faults.no_photo import plant as remove_photo
from troubleshooter.sandbox.state import State

DESCRIPTION = "The user is a guest of the company: without an admin's help there is no photo of them anywhere."


def apply(state: State) -> None:
    """Make the subject a guest, who has no photo in any store."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Make this user a guest, who has no photo in any store."""
    state.directory.guests.add(upn)
    remove_photo(state, upn)

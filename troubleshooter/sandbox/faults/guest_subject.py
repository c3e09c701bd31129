"""The user is a guest: nobody can give them a photo but an admin."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The user is a guest of the company: without an admin's help there is no photo of them anywhere."
ENDS = Ends("no-photo", "C21")


def plant(state: "State") -> None:
    """Makes the subject a guest, who has no photo in any store."""
    state.directory.guests.add(state.subject)
    for store in (state.people_service, state.mailbox, state.outlook_cache, state.teams_cache):
        store.pop(state.subject, None)
    put_in_sharepoint(state, state.subject, None)

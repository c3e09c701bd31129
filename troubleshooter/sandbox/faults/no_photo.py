"""There is no photo anywhere."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The user has no photo in any store."
ENDS = Ends("no-photo", "C7")


def plant(state: "State") -> None:
    """Empties the subject's place in every store."""
    for store in (state.people_service, state.mailbox, state.outlook_cache, state.teams_cache):
        store.pop(state.subject, None)
    put_in_sharepoint(state, state.subject, None)

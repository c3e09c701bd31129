"""SharePoint has only the stub of a profile."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "SharePoint has only a stub of the user's profile: the account never opened it, or may not sign in."
ENDS = Ends("out-of-sync", "C25")


def plant(state: "State") -> None:
    """Leaves nothing of the subject in SharePoint but the account's name."""
    state.directory.stubs.add(state.subject)
    put_in_sharepoint(state, state.subject, None)

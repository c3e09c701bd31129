"""The user has no mailbox in the cloud, so SharePoint has nothing to copy from."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.stores import Copy
from troubleshooter.sandbox.sync import put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The user has no mailbox in Exchange Online: SharePoint has nothing to copy the photo from."
ENDS = Ends("out-of-sync", "C11")


def plant(state: "State") -> None:
    """Takes the mailbox away, and with it the copy; the sync state says that the photo is not from Exchange."""
    upn = state.subject
    for store in (state.mailbox, state.outlook_cache):
        store.pop(upn, None)
    put_in_sharepoint(state, upn, Copy(sync="0"))

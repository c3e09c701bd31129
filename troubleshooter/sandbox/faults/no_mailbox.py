"""The user has no mailbox in the cloud, so SharePoint has nothing to copy from."""

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import Copy
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = "The user has no mailbox in Exchange Online: SharePoint has nothing to copy the photo from."


def apply(state: State) -> None:
    """Remove the subject's mailbox, and with it the copy."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Remove this user's mailbox, and with it the copy; the sync state says that the photo is not from Exchange."""
    for store in (state.mailbox, state.outlook_cache):
        store.pop(upn, None)
    put_in_sharepoint(state, upn, Copy(sync="0"))

"""There is no photo anywhere."""

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = "The user has no photo in any store."


def apply(state: State) -> None:
    """Remove the subject's photo from every store."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Remove this user's photo from the source, from SharePoint and from the caches."""
    for store in (state.people_service, state.mailbox, state.outlook_cache, state.teams_cache):
        store.pop(upn, None)
    put_in_sharepoint(state, upn, None)

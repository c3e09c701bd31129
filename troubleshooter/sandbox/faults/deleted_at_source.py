"""The photo was deleted at the source; SharePoint keeps its copies."""

from troubleshooter.sandbox.state import State

DESCRIPTION = "The user's photo was deleted at the source last week; SharePoint and its sites still show it."


def apply(state: State) -> None:
    """Remove the subject's photo from the stores on the source's side only."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Remove this user's photo from the stores on the source's side only."""
    for store in (state.people_service, state.mailbox, state.outlook_cache, state.teams_cache):
        store.pop(upn, None)

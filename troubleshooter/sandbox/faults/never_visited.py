"""The user never requested their own photo from SharePoint, so nothing was ever copied."""

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = "The user never opened SharePoint: it has no copy at all and shows the placeholder."


def apply(state: State) -> None:
    """Remove the subject's photo from SharePoint and every store that it feeds."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Remove this user's photo from SharePoint and every store that it feeds."""
    put_in_sharepoint(state, upn, None)

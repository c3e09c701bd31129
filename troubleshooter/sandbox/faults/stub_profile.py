"""SharePoint has only the stub of a profile."""

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = (
    "SharePoint has only an incomplete profile of the user: the account never opened SharePoint, or may not sign in."
)


def apply(state: State) -> None:
    """Leave nothing of the subject in SharePoint but the account's name."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Leave nothing of this user in SharePoint but the account's name."""
    state.directory.stubs.add(upn)
    put_in_sharepoint(state, upn, None)

"""SharePoint has only the stub of a profile."""

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = (
    "SharePoint has only a stub of the user's profile: the account never opened SharePoint, or may not sign in."
)


def apply(state: State) -> None:
    """Leave nothing of the subject in SharePoint but the account's name."""
    state.directory.stubs.add(state.subject)
    put_in_sharepoint(state, state.subject, None)

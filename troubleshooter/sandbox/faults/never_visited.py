"""The user never asked SharePoint for the own photo, so nothing was ever copied."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.sync import put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "The user never opened SharePoint: it has no copy at all and shows the silhouette."
ENDS = Ends("out-of-sync", "C2")


def plant(state: "State") -> None:
    """Forgets the subject's copies."""
    put_in_sharepoint(state, state.subject, None)

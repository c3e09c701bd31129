"""The photo delivery network refuses its own addresses."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "SharePoint's photo addresses answer 403 for everybody, so cards show broken pictures."
ENDS = Ends("out-of-sync", "C14")


def plant(state: "State") -> None:
    """Makes every time-limited address invalid."""
    state.flags.cdn_refuses = True

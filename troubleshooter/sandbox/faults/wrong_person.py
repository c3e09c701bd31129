"""The page's author picked somebody else."""

from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "A web part says the user's name, but somebody else's account stands behind it: their photo shows."
ENDS = Ends("inconclusive", "C20", reason="subject-not-on-page")


def plant(state: "State") -> None:
    """Puts another account behind the subject's name on every page."""
    state.flags.wrong_account = next(
        upn for upn in ("kwame.mensah@contoso.com", "priya.nair@contoso.com") if upn != state.subject
    )

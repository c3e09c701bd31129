"""The page's author picked somebody else's account."""

from troubleshooter.sandbox.state import State

DESCRIPTION = "A web part shows the user's name, but it belongs to somebody else's account, whose photo it shows."


def apply(state: State) -> None:
    """Put another account behind the subject's name on every page."""
    state.flags.wrong_account = next(
        upn for upn in ("kwame.mensah@contoso.com", "priya.nair@contoso.com") if upn != state.subject
    )

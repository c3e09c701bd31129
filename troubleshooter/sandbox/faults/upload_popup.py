"""The photo is changed in a window over the page, as on a healthy tenant."""

from troubleshooter.sandbox.state import State

DESCRIPTION = "The photo is changed in a window over the page, from the circle in the account panel."


def apply(state: State) -> None:
    """Return to the default window, which an earlier fault in a combination may have changed."""
    state.flags.upload_window = "popup"

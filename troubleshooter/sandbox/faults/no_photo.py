"""There is no photo anywhere."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "The user has no photo in any store."


def plant(state: "State") -> None:
    """Empties the subject's place in every store."""
    for store in (state.people_service, state.mailbox, state.sharepoint, state.site):
        store.pop(state.subject, None)

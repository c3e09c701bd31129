"""Only admins may change photos, so the user's old one stays."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

DESCRIPTION = (
    "A policy keeps the user from uploading: the photo of last year stays everywhere, and all stores agree on it."
)


def apply(state: State) -> None:
    """Restrict who may change photos, and leave the old one in every store."""
    state.policies.allowed_roles = frozenset({"Global Administrator", "User Administrator"})
    upn, now = state.subject, state.clock.now()
    old = state.photo_of(upn, age=1)
    put_at_source(state, upn, old, now - timedelta(days=300))
    put_in_sharepoint(state, upn, replace(state.copy_of(upn), photo=old, placeholder="0"))

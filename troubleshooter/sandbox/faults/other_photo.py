"""Somebody uploaded another photo directly into SharePoint, which cuts the link to the mailbox."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import upload_stem
from troubleshooter.sandbox.sync import put_in_sharepoint

DESCRIPTION = "A different photo of the user was uploaded into SharePoint by hand and is no longer synchronized."


def apply(state: State) -> None:
    """Put a third photo of the subject into SharePoint, with sync state 0."""
    upn = state.subject
    uploaded = state.clock.now() - timedelta(days=20)
    copy = replace(
        state.copy_of(upn),
        photo=state.photo_of(upn, age=2),
        stem=upload_stem(state.people[upn]),
        copied=uploaded,
        tried=uploaded,
        placeholder="0",
        sync="0",
        changed=None,
    )
    put_in_sharepoint(state, upn, copy)

"""Somebody uploaded another photo directly into SharePoint, which cuts the link to the mailbox."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.sandbox.faults.ends import Ends
from troubleshooter.sandbox.people import PEOPLE
from troubleshooter.sandbox.stores import upload_stem
from troubleshooter.sandbox.sync import put_in_sharepoint

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State

SENTENCE = "A different photo of the user was uploaded into SharePoint by hand and is no longer synchronised."
ENDS = Ends("out-of-sync", "C5")


def plant(state: "State") -> None:
    """Puts a third photo of the subject into SharePoint, sync state 0."""
    upn = state.subject
    uploaded = state.clock.now() - timedelta(days=20)
    copy = replace(
        state.copy_of(upn),
        photo=state.photo_of(upn, age=2),
        stem=upload_stem(PEOPLE[upn]),
        copied=uploaded,
        tried=uploaded,
        placeholder="0",
        sync="0",
        changed=None,
    )
    put_in_sharepoint(state, upn, copy)

"""Somebody uploaded another photo directly into SharePoint, which cuts the link to the mailbox."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ..people import PEOPLE
from ..stores import Photo, upload_stem

if TYPE_CHECKING:
    from ..state import State

SENTENCE = "A different photo of the user was uploaded into SharePoint by hand and is no longer synchronised."


def plant(state: "State") -> None:
    """Puts a third photo of the subject into SharePoint, sync state 0."""
    upn = state.subject
    uploaded = state.clock.now() - timedelta(days=20)
    state.sharepoint[upn] = state.site[upn] = replace(
        state.sharepoint[upn],
        photo=Photo(upn, variant=2),
        stem=upload_stem(PEOPLE[upn]),
        copied=uploaded,
        tried=uploaded,
        sync="0",
        changed=None,
    )

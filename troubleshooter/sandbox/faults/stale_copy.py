"""The SharePoint copy is older than the photo, and the 24 hours until the next attempt are not over."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import Crop, service_stem
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

DESCRIPTION = (
    "The photo was changed 2 hours ago; SharePoint copied the previous one 6 hours ago and may not try again yet."
)


def apply(state: State) -> None:
    """Leave the previous photo in SharePoint."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Leave this user's previous photo in SharePoint."""
    leave_behind(state, upn, age=1)


def leave_behind(
    state: State,
    upn: str,
    *,
    age: int = 0,
    crop: Crop | None = None,
    since: timedelta = timedelta(hours=2),
    copied: timedelta = timedelta(hours=6),
) -> None:
    """Leave an earlier photo of a user in SharePoint, behind the current one at the source.

    Args:
        age: how many photos ago the earlier one was.
        since: how long the source has had its photo.
        copied: how long ago SharePoint made its copy.
    """
    now = state.clock.now()
    put_at_source(state, upn, state.photo_of(upn), now - since)
    before, at = state.copy_of(upn), now - copied
    copy = replace(
        before,
        photo=replace(state.photo_of(upn, age), crop=crop),
        stem=before.stem or service_stem(state.people[upn]),
        copied=at,
        tried=at,
        placeholder="0",
        sync="1",
        changed=at - timedelta(hours=1),
    )
    put_in_sharepoint(state, upn, copy)

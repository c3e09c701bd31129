"""The CDN still serves the previous photo."""

from dataclasses import replace
from datetime import timedelta

from troubleshooter.sandbox.faults.stale_copy import leave_behind
from troubleshooter.sandbox.state import State

DESCRIPTION = "SharePoint copied the new photo 40 minutes ago; its delivery network still serves the previous one."


def apply(state: State) -> None:
    """Leave last year's copy of the subject's photo in the CDN only."""
    plant(state, state.subject)


def plant(state: State, upn: str) -> None:
    """Leave last year's copy of this user's photo in the CDN only."""
    leave_behind(state, upn, since=timedelta(hours=2), copied=timedelta(minutes=40))
    state.cdn[upn] = replace(state.copy_of(upn), photo=state.photo_of(upn, age=1))

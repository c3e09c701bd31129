"""Judges the outcome of adding a photo: whether the account panel shows the photo that was sent."""

from __future__ import annotations

from troubleshooter.diagnose.evidence import evidence
from troubleshooter.diagnose.outcome import JudgedOutcome
from troubleshooter.model.enums import Outcome, Surface
from troubleshooter.model.message import message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import rfc3339
from troubleshooter.model.service_limits import COPY_WINDOW

_STEP = "change-photo"
"""Id of the step that sends the photo."""


def judge_added_photo(view: RecordView) -> JudgedOutcome | None:
    """Return whether the account panel shows the photo that was sent; None if the run did not get that far."""
    if view.sent is None:
        return _not_sent(view)
    later = view.ended + COPY_WINDOW
    panel = [i for i, s in enumerate(view.record.sightings) if s.surface is Surface.ACCOUNT_PANEL]
    for index in panel:
        if row := view.matches_reference(index):
            said = message("The account panel shows the photo that was sent")
            return JudgedOutcome(Outcome.PHOTO_ADDED, (evidence(said, f"comparisons/{row[0]}"),), later)
    said = message("The photo was sent at {time}, but the account panel does not show it yet", time=rfc3339(view.sent))
    ref = f"sightings/{panel[0]}" if panel else f"steps/{_STEP}"
    return JudgedOutcome(Outcome.PENDING, (evidence(said, ref),), later)


def _not_sent(view: RecordView) -> JudgedOutcome | None:
    """Return the outcome if nothing was sent because the step could not tell how to use the window that it reached."""
    failed = next((step for step in view.failed_steps if step.id == _STEP), None)
    if failed is None or failed.note is None:
        return None
    return JudgedOutcome(Outcome.NOT_ATTEMPTED, (evidence(failed.note, f"steps/{failed.id}"),))

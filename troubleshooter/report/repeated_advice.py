"""What to do where a check that was repeated in time finds the same again: the same advice alone would not help."""

from __future__ import annotations

from datetime import timedelta

from troubleshooter.model.message import Message, message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record, rfc3339
from troubleshooter.report.user_actions import VISITS

_PATIENCE = timedelta(hours=24)
"""How long SharePoint may take to copy a photo after a visit."""


def after_no_change(record: Record) -> Message | None:
    """Return what to ask and do next where the user's visit was awaited, and a day later nothing has changed."""
    known, view = record.last_known, RecordView(record)
    if known is None or not view.tells or record.changes or view.was_visit_of_subject or not record.diagnoses:
        return None
    if record.diagnoses[0].cause not in VISITS or known.cause not in VISITS or view.began - known.finished < _PATIENCE:
        return None
    return message(
        "Nothing has changed since {time}. Has the user opened SharePoint since then? If not, ask again. If so, run "
        "resync-photo as the user, or have an admin run the Picture Sync diagnostic.",
        time=rfc3339(known.finished),
    )

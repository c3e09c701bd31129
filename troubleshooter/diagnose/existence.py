"""Checks whether the subject exists, because a mistyped address must not get a verdict. Pure.

A user without a photo and an address that nobody has look alike: both give silhouettes and empty pictures. But a user
who exists has a profile, a picture or a name somewhere.
"""

from __future__ import annotations

from troubleshooter.identity.similar import nearest
from troubleshooter.model.enums import Kind, Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Finding

NOBODY = frozenset({Reason.USER_NOT_FOUND, Reason.USER_NOT_CONFIRMED})
"""Reasons why nothing is said about the photo: there may be no such user."""
_BY_ADDRESS = frozenset(
    {
        *(Surface.USERPHOTO_S, Surface.USERPHOTO_M, Surface.USERPHOTO_L, Surface.STORED_THUMBNAIL),
        *(Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO),
    }
)
"""Surfaces that are requested by address: something is served for any address, so that only a photo is a proof."""
_ANSWERED = (200, 404)
"""Statuses with which SharePoint says what it knows about an address."""


def doubt_about_user(view: RecordView) -> Reason | None:
    """Return why nothing may be said about the subject's photo; None if something shows that there is such a user."""
    if _exists(view):
        return None
    asked = any(p.status in _ANSWERED and not p.values for p in view.record.properties if view.is_subject(p.of))
    return Reason.USER_NOT_FOUND if asked else Reason.USER_NOT_CONFIRMED


def _exists(view: RecordView) -> bool:
    record = view.record
    own = record.own_photo_requested is not None or any("/GetMyProperties" in p.url for p in record.properties)
    if own or view.signed_in_as_subject or "#ext#" in record.subject.lower():
        return True  # signed in; a guest need not have a profile
    if view.readings or record.site_properties or any(part.includes_subject for part in record.web_parts):
        return True
    return any(s.surface not in _BY_ADDRESS or s.kind is Kind.PHOTO for _, s in view.of_subject)


def about_user(view: RecordView) -> Finding | None:
    """Return what to say if there may be no such user; None for any other run."""
    reason = view.record.reason
    if reason not in NOBODY:
        return None
    words = {"subject": view.record.subject, "tenant": view.record.tenant}
    near = _nearest(view)
    return Finding.from_message(_said(reason is Reason.USER_NOT_FOUND, near, words), id=str(reason))


def _said(asked: bool, near: str | None, words: dict[str, str]) -> Message:
    if asked and near:
        return message(
            "No user {subject} was found in {tenant}. A similar address was seen: {near}.", near=near, **words
        )
    if asked:
        return message("No user {subject} was found in {tenant}.", **words)
    if near:
        return message(
            "Nothing shows that there is a user {subject} in {tenant}. A similar address was seen: {near}.",
            near=near,
            **words,
        )
    return message("Nothing shows that there is a user {subject} in {tenant}.", **words)


def _nearest(view: RecordView) -> str | None:
    """Return the address among those seen of which the subject's may be a misspelling."""
    seen = {s.subject for s in view.record.sightings} | {view.record.signed_in_as, *view.record.similar}
    return nearest(view.record.subject, filter(None, seen))

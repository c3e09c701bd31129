"""Looks at whether the services behind the photo answer to the session alone."""

from __future__ import annotations

from troubleshooter.surfaces import graph_photo, outlook_photo
from troubleshooter.survey.served import served
from troubleshooter.survey.walk import Walk


async def look(walk: Walk) -> None:
    """Request the photo from Outlook, at its old and its new host, and from Graph; one request each."""
    names = ("outlook.photo-old-host", "outlook.photo-new-host")
    asked = [*zip(names, outlook_photo.addresses(walk.subject), strict=True)]
    for question, url in (*asked, ("graph.photo", graph_photo.address(walk.subject))):
        value, details = await served(walk, url)
        walk.answer(question, value, **details)

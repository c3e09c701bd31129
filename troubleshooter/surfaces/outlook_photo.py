"""The photo that the mailbox serves to Outlook."""

from __future__ import annotations

from urllib.parse import quote

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import PICTURE, Default, SurfaceDefinition

DEFINITION = SurfaceDefinition(
    surface=Surface.OUTLOOK_PHOTO,
    source=Source.MAILBOX_COPY,
    facts="sign-in and home 3, GetPersonaPhoto (A for the address, B for 1x1 where there is none); real pages 6.4",
    locator=PICTURE,
    default=Default.COLLEAGUE,
)


HOSTS = ("outlook.office.com", "outlook.cloud.microsoft")
"""Outlook's host, and the one to which it moved (real pages 6.4, A); it is not known to respond (6.5, X)."""


def addresses(upn: str) -> tuple[str, ...]:
    """Return Outlook's URLs for the mailbox's photo, first choice first.

    If there is no photo, the response is a picture of 1×1; if the session does not suffice, it is a web page.
    """
    asked = f"owa/service.svc/s/GetPersonaPhoto?email={quote(upn, safe='@')}&UA=0&size=HR240x240"
    return tuple(f"https://{host}/{asked}" for host in HOSTS)

"""The photo that the mailbox serves to Outlook."""

from __future__ import annotations

from urllib.parse import quote

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import Default, SurfaceDefinition

DEFINITION = SurfaceDefinition(
    surface=Surface.OUTLOOK_PHOTO,
    source=Source.MAILBOX_COPY,
    facts="sign-in and home 3, GetPersonaPhoto (A for the address, B for 1x1 where there is none)",
    locators=("img",),
    default=Default.COLLEAGUE,
)


def address(upn: str) -> str:
    """Return Outlook's URL for the mailbox's photo, which returns a 1×1 picture if there is no photo."""
    return (
        f"https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto?email={quote(upn, safe='@')}&UA=0&size=HR240x240"
    )

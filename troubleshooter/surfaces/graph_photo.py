"""The photo that Microsoft Graph serves to apps. Graph responds only if it accepts the session's cookies."""

from __future__ import annotations

from urllib.parse import quote

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import PICTURE, Default, SurfaceDefinition

DEFINITION = SurfaceDefinition(
    surface=Surface.GRAPH_PHOTO,
    source=Source.PEOPLE_SERVICE,
    facts="sign-in and home 3, Graph photo: 404 where there is none (B); own token or cookies: photo sync 3.1 (M)",
    locator=PICTURE,
    default=Default.COLLEAGUE,
)


def address(upn: str) -> str:
    """Return Graph's URL for the photo."""
    return f"https://graph.microsoft.com/v1.0/users/{quote(upn, safe='@')}/photo/$value"

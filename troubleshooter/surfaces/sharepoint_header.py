"""The circle at the top right of every SharePoint page. What feeds it is not established; its URL may say."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import SurfaceDefinition, Whose

DEFINITION = SurfaceDefinition(
    surface=Surface.SHAREPOINT_HEADER,
    source=Source.UNKNOWN,
    facts="photo sync 5.1, header photo in SharePoint (H); source: 5.3, not established (L-M)",
    locators=(
        "#O365_MainLink_Me",
        "#O365_MainLink_MePhoto",
        "#O365_MeFlexPane_ButtonID",
        "#meInitialsButton",
        "#mectrl_main_trigger",
        '#mectrl_headerPicture, [data-testid="mectrl_headerPicture"]',
    ),
    whose=Whose.SIGNED_IN,
)

"""The circle at the top right of the home page."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import SurfaceDefinition, Whose

DEFINITION = SurfaceDefinition(
    surface=Surface.HOME_HEADER,
    source=Source.PEOPLE_SERVICE,
    facts="sign-in and home 2.3, triggers (A to B); source: photo sync 5.3, M365 home (M)",
    locators=(
        "#O365_MainLink_Me",
        "#mectrl_main_trigger",
        '#mectrl_headerPicture, [data-testid="mectrl_headerPicture"]',
        '[data-tid="me-control-mini-avatar"]',
        "#meInitialsButton",
        "#O365_MainLink_MePhoto",
        "#owa-me-control-container button",
    ),
    whose=Whose.SIGNED_IN,
)

"""The circle at the top right of every SharePoint page. What feeds it is not established; its URL may say."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import SurfaceDefinition, Whose

ACCOUNT_BUTTON = LocatorDefinition(
    id="suite-header.account-button",
    use="the account button above every SharePoint page",
    fact="photo sync 5.1, header photo in SharePoint; sign-in and home 2.3",
    confidence="H",
    selectors=(
        "#O365_MainLink_Me",
        "#O365_MainLink_MePhoto",
        "#O365_MeFlexPane_ButtonID",
        "#meInitialsButton",
        "#mectrl_main_trigger",
        '#mectrl_headerPicture, [data-testid="mectrl_headerPicture"]',
    ),
)

DEFINITION = SurfaceDefinition(
    surface=Surface.SHAREPOINT_HEADER,
    source=Source.UNKNOWN,
    facts="photo sync 5.1, header photo in SharePoint (H); source: 5.3, not established (L-M)",
    locator=ACCOUNT_BUTTON,
    whose=Whose.SIGNED_IN,
)

"""The circle of the home page: at the top right, or in the account row at the bottom of the navigation drawer."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import SurfaceDefinition, Whose

_COIN = ':has(img, [class*="Avatar"], [role="img"])'
_BY_STRUCTURE = (
    f'.fai-CopilotNavDrawerFooter :is(button, [role="button"], a){_COIN}',
    f'.fui-NavDrawerFooter :is(button, [role="button"], a){_COIN}',
    f'nav footer :is(button, [role="button"]){_COIN}',
    '.fai-CopilotNavDrawerFooter :is(button, [role="button"])',
    ':is(button, [role="button"])[aria-label*="Work account"]',
    ':is(button, [role="button"])[aria-label^="Account manager"]',
)
"""The account row: a button with a coin in the drawer's footer, or its only one; then English labels. One may match."""
FOOTERS = ".fai-CopilotNavDrawerFooter, .fui-NavDrawerFooter, nav footer"
"""The drawer's footer: its last row is the account row, but others have a picture, too (real pages 1.3, 1.7)."""

DEFINITION = SurfaceDefinition(
    surface=Surface.HOME_HEADER,
    source=Source.PEOPLE_SERVICE,
    facts="sign-in and home 2.3, triggers (A to B); real pages 1.2, 1.7 (A); source: photo sync 5.3, M365 home (M)",
    locator=LocatorDefinition(
        id="home.account-button",
        use="the account button of the home page, which opens the account panel",
        fact="sign-in and home 2.3, triggers; real pages 1.2, 1.7",
        confidence="A",
        selectors=(
            "#O365_MainLink_Me",
            "#mectrl_main_trigger",
            '#mectrl_headerPicture, [data-testid="mectrl_headerPicture"]',
            '[data-tid="me-control-mini-avatar"]',
            "#meInitialsButton",
            "#O365_MainLink_MePhoto",
            "#owa-me-control-container button",
        ),
        by_structure=_BY_STRUCTURE,
        has_copies=True,
    ),
    whose=Whose.SIGNED_IN,
)

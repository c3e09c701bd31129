"""The picture in the panel that opens from the circle."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import SurfaceDefinition, Whose

_MENU = '[data-tid="me-control-menu-dialog"]'
"""The panel of the newer family (real pages 2.2, B)."""
DEFINITION = SurfaceDefinition(
    surface=Surface.ACCOUNT_PANEL,
    source=Source.PEOPLE_SERVICE,
    facts="sign-in and home 2.3, picture in panel (B); real pages 2.4 (B); source: photo sync 5.3, me control (M)",
    locator=LocatorDefinition(
        id="account-panel.picture",
        use="the picture in the open account panel",
        fact="sign-in and home 2.3, picture in panel; real pages 2.4",
        confidence="B",
        selectors=(
            "#mectrl_currentAccount_picture_profile_picture",
            "#mectrl_currentAccount_picture",
            ".mectrl_profilepic",
            ".mectrl_profilepic_initials",
            f'{_MENU} [data-tid="me-control-avatar"]',
        ),
    ),
    whose=Whose.SIGNED_IN,
)
WINDOW = LocatorDefinition(
    id="account-panel.window",
    use="the open account panel; without it, the panel is what appears after the click on the account button",
    fact="sign-in and home 2.3",
    confidence="A",
    selectors=("#mectrl_main_body", ".mectrl_dropdownbody.expanded"),
)
MENU = LocatorDefinition(
    id="account-panel.menu",
    use="the open account panel of the newer family",
    fact="real pages 2.2",
    confidence="B",
    selectors=(_MENU,),
)
ADDRESS = LocatorDefinition(
    id="account-panel.address",
    use="the user name of the account that is signed in",
    fact="sign-in and home 2.3",
    confidence="A",
    selectors=("#mectrl_currentAccount_secondary",),
)
NAME = LocatorDefinition(
    id="account-panel.name",
    use="the display name of the account that is signed in",
    fact="sign-in and home 2.3",
    confidence="A",
    selectors=("#mectrl_currentAccount_primary",),
)
MENU_NAME = LocatorDefinition(
    id="account-panel.menu-name",
    use="the display name in the panel of the newer family",
    fact="real pages 2.2",
    confidence="B",
    selectors=('[data-tid="me-control-displayname"]', '[data-tid="me-control-display-name"]'),
)
VIEW_ACCOUNT = LocatorDefinition(
    id="account-panel.view-account",
    use="the link to the account page",
    fact="sign-in and home 2.3; real pages 2.6",
    confidence="A",
    selectors=("#mectrl_viewAccount", 'a[href*="myaccount.microsoft.com"]'),
)
ABOUT_ME = LocatorDefinition(
    id="account-panel.about-me",
    use="the link to the profile, where the photo can be changed",
    fact="sign-in and home 2.3",
    confidence="C",
    selectors=("#mectrl_ShellAboutMe",),
)
PICTURE_LINK = LocatorDefinition(
    id="account-panel.picture-link",
    use="the picture in the panel as a link to where the photo is changed",
    fact="sign-in and home 2.3, picture in panel",
    confidence="B",
    selectors=("a#mectrl_currentAccount_picture", "#mectrl_currentAccount_picture"),
)
PARTS = (WINDOW, MENU, ADDRESS, NAME, MENU_NAME, VIEW_ACCOUNT, ABOUT_ME, PICTURE_LINK)
"""Everything on the panel beside its picture."""

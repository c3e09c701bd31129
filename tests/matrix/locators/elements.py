"""The elements that the scenarios use on the pages of the sandbox, by visit: their locators, and where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Element:
    """One thing that a visit uses."""

    locator: str
    """Id of the locator in the catalogue."""
    selector: str
    """Where the sandbox has it."""
    container: bool = False
    """Whether it contains other things that are used."""
    inner: bool = False
    """Whether it is a part of another element, beside which the decoy stands: a picture in a button."""


LAYOUTS = ("classic", "today", "flyout", "collapsed", "apps-page", "direct")
"""The layouts of the home page, each of which is visited."""

_ME = "mectrl_currentAccount"
_SUITE = (
    Element("suite-header.account-button", "#O365_MainLink_Me"),
    Element("suite-header.account-button", "#O365_MainLink_MePhoto", inner=True),
)
_CLASSIC = (
    Element("home.account-button", "#O365_MainLink_Me"),
    Element("home.account-button", "#O365_MainLink_MePhoto", inner=True),
    Element("account-panel.window", "#mectrl_main_body", container=True),
    Element("account-panel.address", f"#{_ME}_secondary"),
    Element("account-panel.name", f"#{_ME}_primary"),
    Element("account-panel.picture", f"#{_ME}_picture_profile_picture", inner=True),
    Element("account-panel.picture", f"a#{_ME}_picture"),
    Element("account-panel.view-account", "#mectrl_viewAccount"),
    Element("home.waffle", "#O365_MainLink_NavMenu"),
    Element("home.sharepoint-icon", "#appLauncherMainView", container=True),
    Element("home.sharepoint-icon", "#O365_AppTile_Sites"),
    Element("home.onedrive-icon", "#O365_AppTile_Documents"),
    Element("home.all-apps", "#allAppsLink"),
)
_ENTRY = ':is([data-app*="{0}"], a[href*="{0}"])'
_SHELL = (
    Element("home.drawer-bottom", ".shell nav > footer", container=True),
    Element("home.account-button", ".shell nav > footer > button"),
    Element("home.account-button", ".shell nav > footer > button > .fui-Avatar", inner=True),
    Element("account-panel.menu", ".sandbox-me", container=True),
    Element("account-panel.picture", ".sandbox-me-account > button"),
    Element("account-panel.picture", ".sandbox-me-account > button > .fui-Avatar", inner=True),
    Element("account-panel.menu-name", ".sandbox-me-words > b"),
    Element("account-panel.address", ".sandbox-me-words > span"),
    Element("account-panel.view-account", ".sandbox-me-words > a"),
    Element("home.sharepoint-icon", f".sandbox-launcher {_ENTRY.format('/_layouts/15/sharepoint.aspx')}"),
    Element("home.sharepoint-icon", ".sandbox-launcher", container=True),
)
_WAFFLE = (
    Element("home.drawer-top", ".shell nav > header", container=True),
    Element("home.waffle", ".shell nav > header > [data-waffle]"),
)
_APPS = (Element("home.drawer-bottom", ".shell nav > [data-apps]"),)
_APPS_PAGE = (
    Element("home.all-apps", '.sandbox-launcher a[href^="/apps"]'),
    Element("home.sharepoint-icon", f"main .cards {_ENTRY.format('/_layouts/15/sharepoint.aspx')}"),
)
_PART = '[data-sp-web-part-id="7f718435-ee4d-431c-bdbf-9c4ff326f46e"]'
_SITE_PAGE = (
    Element("site-page.canvas", "#spPageCanvasContent", container=True),
    Element("site-page.canvas", "#spPageChromeAppDiv", container=True),
    Element("site-page.scroll-region", '[data-automation-id="contentScrollRegion"]', container=True),
    Element("site-page.people-web-part", _PART, container=True),
    Element("person.card", f"{_PART} .person"),
    Element("person.card", f"{_PART} .person > *", inner=True),
    Element("person.coin", f"{_PART} .ms-Persona-coin", inner=True),
    Element("person.coin", f"{_PART} .ms-Persona-imageArea", inner=True),
    Element("person.coin", f"{_PART} .ms-Persona-image", inner=True),
    Element("person.coin", f"{_PART} img", inner=True),
    Element("person.name", f"{_PART} .ms-Persona-primaryText", inner=True),
    Element("person.card", f"{_PART} .links > a", inner=True),
    Element("person.coin", f"{_PART} .fui-Avatar", inner=True),
    Element("site-page.byline", '[data-automation-id="pageHeader"]', container=True),
    Element("site-page.byline", "[data-sp-feature-tag^='Title Region']", container=True),
    Element("person.card", ".byline"),
    Element("person.coin", ".byline img", inner=True),
    Element("site-page.comment", "#CommentsWrapper", container=True),
    Element("site-page.comment", '[data-automation-id="sp-comment-block-root"]', container=True),
    Element("person.coin", '[data-automation-id="sp-comment-block-root"] > canvas', inner=True),
)
_CARD = (
    Element("profile-card.hover-target", f"{_PART} .ms-Persona"),
    Element("profile-card.card", ".sandbox-profile-card", container=True),
    Element("profile-card.card", ".sandbox-profile-card img", inner=True),
    Element("profile-card.card", '.sandbox-profile-card a[href^="mailto:"]', inner=True),
)
_SIGN_IN = (
    Element("sign-in.email", "#i0116"),
    Element("sign-in.primary", "#idSIButton9"),
    Element("sign-in.password", "#i0118"),
    Element("sign-in.identity", "#displayName"),
    Element("sign-in.back", "#idBtn_Back"),
    Element("sign-in.kmsi", "#KmsiCheckboxField"),
    Element("sign-in.kmsi", "#KmsiDescription"),
    Element("home.account-button", "#O365_MainLink_Me"),
)
_WINDOW = (
    Element("account-panel.picture-link", f"a#{_ME}_picture"),
    Element("photo-dialog.window", ".sandbox-photo", container=True),
    Element("photo-dialog.change-button", '[data-does="choose"]'),
    Element("photo-dialog.file-input", '.sandbox-photo input[type="file"]'),
    Element("photo-dialog.confirm-button", '[data-does="first"]'),
    Element("photo-dialog.confirm-button", '[data-does="last"]'),
)

ELEMENTS: Mapping[str, tuple[Element, ...]] = {
    "home@classic": (*_CLASSIC, *_SUITE),
    "home@today": (*_SHELL, *_WAFFLE),
    "home@flyout": (*_SHELL, *_APPS),
    "home@collapsed": (*_SHELL, *_APPS),
    "home@apps-page": (*_SHELL, *_APPS, *_APPS_PAGE),
    "home@direct": (*_SHELL, *_WAFFLE),
    "onedrive@classic": (Element("home.onedrive-icon", "#O365_AppTile_Documents"),),
    "onedrive@today": (Element("home.onedrive-icon", f".sandbox-launcher {_ENTRY.format('source=waffle')}"),),
    "page-own@classic": _SITE_PAGE,
    "page-colleague@classic": (*_SITE_PAGE, *_CARD),
    "sign-in@classic": _SIGN_IN,
    "photo-window@classic": _WINDOW,
}
"""The visits, each with a layout of the home page, and what they use."""

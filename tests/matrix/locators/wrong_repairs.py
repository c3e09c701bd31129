"""Repairs that match a neighbor of what they are for, or far more, on the pages of the sandbox.

Each is for a locator that decides which picture is taken for whose, or who is signed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_COLLEAGUE = ".drawer-people .fui-Avatar"
"""A colleague's picture in the navigation drawer."""
_IN_PANEL = ".sandbox-me-foot .fui-Avatar"
"""The same colleague's picture in the account panel."""
WRONG: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "home@today": {
        "account-panel.picture": (_COLLEAGUE, _IN_PANEL, f"{_COLLEAGUE}, .fui-Avatar", "body"),
        "account-panel.address": (".drawer-people span", ".sandbox-me-foot span"),
        "account-panel.name": (".drawer-people span",),
        "account-panel.menu-name": (".drawer-people span",),
        "account-panel.menu": ("body", ".drawer-people"),
        "account-panel.window": ("body", ".drawer-people"),
        "account-panel.view-account": (".sandbox-me a",),
        "account-panel.picture-link": (_COLLEAGUE,),
        "home.account-button": (_COLLEAGUE, ".drawer-people, .account-row", "body"),
        "suite-header.account-button": ("body", "#O365_HeaderLeftRegion"),
    },
    "home@classic": {
        "account-panel.address": ("#mectrl_main_body", "#O365_MainLink_Me"),
        "account-panel.picture": ("#O365_MainLink_Me", "#mectrl_main_body"),
    },
    "page-own@classic": {
        "site-page.canvas": ("body", "#SuiteNavWrapper"),
        "site-page.people-web-part": ("body", "#SuiteNavWrapper", "#O365_MainLink_Me"),
        "site-page.byline": ("#SuiteNavWrapper",),
        "site-page.comment": ("body",),
    },
    "page-colleague@classic": {
        "site-page.people-web-part": ("#spPageCanvasContent", ".person"),
        "person.coin": ("img", "div", ".people"),
        "person.card": ("body", "div", ".people"),
        "person.name": (".ms-Persona-secondaryText", ".people"),
        "person.initials": (".ms-Persona-primaryText", "div"),
        "profile-card.card": ("body", "div", ".person"),
        "profile-card.hover-target": ("body", ".people"),
    },
}
"""The wrong repairs, by visit and by the id of the locator."""

Row = tuple[str, str, str]
"""Visit, id of the locator, selector."""
FIRST: tuple[Row, ...] = (
    ("home@today", "account-panel.picture", _COLLEAGUE),
    ("home@today", "account-panel.picture", _IN_PANEL),
    ("home@today", "home.account-button", _COLLEAGUE),
    ("page-own@classic", "site-page.canvas", "body"),
    ("page-own@classic", "site-page.people-web-part", "#SuiteNavWrapper"),
    ("page-own@classic", "site-page.comment", "body"),
    ("page-colleague@classic", "person.initials", "div"),
)
"""Those that every test run makes."""


def rows() -> Iterator[Row]:
    """Yield every wrong repair."""
    for name, by_id in WRONG.items():
        for id_, selectors in by_id.items():
            yield from ((name, id_, selector) for selector in selectors)

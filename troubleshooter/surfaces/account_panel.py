"""The picture in the panel that opens from the circle."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import SurfaceDefinition, Whose

MENU = '[data-tid="me-control-menu-dialog"]'
"""The panel of the newer family (real pages 2.2, B)."""
DEFINITION = SurfaceDefinition(
    surface=Surface.ACCOUNT_PANEL,
    source=Source.PEOPLE_SERVICE,
    facts="sign-in and home 2.3, picture in panel (B); real pages 2.4 (B); source: photo sync 5.3, me control (M)",
    locators=(
        "#mectrl_currentAccount_picture_profile_picture",
        "#mectrl_currentAccount_picture",
        ".mectrl_profilepic",
        ".mectrl_profilepic_initials",
        f'{MENU} [data-tid="me-control-avatar"]',
    ),
    whose=Whose.SIGNED_IN,
)
VIEW_ACCOUNT = ("#mectrl_viewAccount", 'a[href*="myaccount.microsoft.com"]')
"""Leads to the account page (sign-in and home 2.3, A; real pages 2.6, A)."""

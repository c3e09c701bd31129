"""The picture in the panel that opens from the circle."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import SurfaceDefinition, Whose

DEFINITION = SurfaceDefinition(
    surface=Surface.ACCOUNT_PANEL,
    source=Source.PEOPLE_SERVICE,
    facts="sign-in and home 2.3, picture in panel (B); source: photo sync 5.3, me control (M)",
    locators=(
        "#mectrl_currentAccount_picture_profile_picture",
        "#mectrl_currentAccount_picture",
        ".mectrl_profilepic",
        ".mectrl_profilepic_initials",
    ),
    whose=Whose.SIGNED_IN,
)
VIEW_ACCOUNT = "#mectrl_viewAccount"
"""The link to the account page (sign-in and home 2.3, A)."""

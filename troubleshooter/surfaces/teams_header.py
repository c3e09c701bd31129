"""The circle at the top right of Teams on the web."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import Default, Origins, SurfaceDefinition, Whose


def _addresses(origins: Origins) -> tuple[str, ...]:
    return ("https://teams.microsoft.com/",) if origins.cloud == "worldwide" else ()


DEFINITION = SurfaceDefinition(
    surface=Surface.TEAMS_HEADER,
    source=Source.OWN_CACHE,
    facts="sign-in and home 2.3, trigger, Teams (A); picture: 3 (A); real pages 2.4 (B); source: photo sync 5.3 (H)",
    locator=LocatorDefinition(
        id="teams-header.account-button",
        use="the account button of Teams",
        fact="sign-in and home 2.3, trigger, Teams; real pages 2.4",
        confidence="A",
        selectors=(
            '[data-tid="me-control-avatar-trigger"]',
            "#idna-me-control-avatar-trigger",
            '[data-tid="me-control-avatar"]',
        ),
    ),
    whose=Whose.SIGNED_IN,
    default=Default.ON_REQUEST,
    refines=frozenset({Source.MAILBOX_COPY}),
    addresses=_addresses,
    hosts=lambda origins: ("teams.microsoft.com", "teams.cloud.microsoft"),  # noqa: ARG005
)

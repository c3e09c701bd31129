"""The card that opens when the pointer hovers over a person; found by structure, because its id is unknown."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import Default, SurfaceDefinition

HOVER = LocatorDefinition(
    id="profile-card.hover-target",
    use="where the pointer has to rest for the card to open; without it, on the avatar",
    fact="photo sync 5.1, live persona",
    confidence="M",
    selectors=(".lpcCommonWeb-hoverTarget", "[data-lpc-hover-target-id]"),
)

DEFINITION = SurfaceDefinition(
    surface=Surface.PROFILE_CARD,
    source=Source.PEOPLE_SERVICE,
    facts="photo sync 5.1, live persona (M), markup of the card not found; source: 5.3, Loki (M)",
    locator=LocatorDefinition(
        id="profile-card.card",
        use="the card that opens over a person; without it, the card is what appears under the pointer",
        fact="real pages 4.2",
        confidence="B",
        selectors=('[role="dialog"][data-log-region="LivePersonaCard"]',),
    ),
    default=Default.COLLEAGUE,
)

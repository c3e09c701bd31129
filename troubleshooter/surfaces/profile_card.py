"""The card that opens when the pointer hovers over a person; found by structure, because its id is unknown."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import Default, SurfaceDefinition

DEFINITION = SurfaceDefinition(
    surface=Surface.PROFILE_CARD,
    source=Source.PEOPLE_SERVICE,
    facts="photo sync 5.1, live persona (M), markup of the card not found; source: 5.3, Loki (M)",
    default=Default.COLLEAGUE,
)

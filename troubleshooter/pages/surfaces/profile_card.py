"""The card that opens when the pointer rests on a person: found by structure, no id of it is known."""

from __future__ import annotations

from troubleshooter.model import Source, Surface
from troubleshooter.pages.surfaces.spot import Default, Spot

SPOT = Spot(
    surface=Surface.PROFILE_CARD,
    source=Source.PEOPLE_SERVICE,
    facts="photo sync 5.1, live persona (M), markup of the card not found; source: 5.3, Loki (M)",
    default=Default.COLLEAGUE,
)

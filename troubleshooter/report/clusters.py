"""Groups avatars that show the same thing, and says how many places that are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from troubleshooter.locale import Catalogue, fill
from troubleshooter.report.avatar_figures import AvatarFigure

_FEW = 2
"""How many avatars that show the same thing are shown unfolded."""


@dataclass(frozen=True)
class AvatarCluster:
    """Avatars of one kind of store that show the same thing."""

    tone: str
    says: str
    """How many places show what."""
    figures: tuple[AvatarFigure, ...]

    @property
    def folded(self) -> bool:
        """Return whether one of the avatars stands for the others, which are folded."""
        return len(self.figures) > _FEW


def clusters(figures: Sequence[AvatarFigure], catalogue: Catalogue) -> tuple[AvatarCluster, ...]:
    """Return `figures` in clusters, in the order of each cluster's first."""
    found: dict[tuple[str, str], list[AvatarFigure]] = {}
    for figure in figures:
        found.setdefault((figure.match.tone if figure.match else "", figure.shows), []).append(figure)
    return tuple(
        AvatarCluster(
            tone=tone,
            says=how_many(shows, len(alike), catalogue),
            figures=tuple(alike),
        )
        for (tone, shows), alike in found.items()
    )


def how_many(shows: str, count: int, catalogue: Catalogue) -> str:
    """Return how many places show what, as a phrase."""
    ngettext = catalogue.ngettext
    text = {
        "this": ngettext("{count} place shows this photo", "{count} places show this photo", count),
        "same": ngettext("{count} place shows the same photo", "{count} places show the same photo", count),
        "different": ngettext("{count} place shows a different photo", "{count} places show a different photo", count),
        "version": ngettext(
            "{count} place shows a different version of the photo",
            "{count} places show a different version of the photo",
            count,
        ),
        "none": ngettext("{count} place shows no photo", "{count} places show no photo", count),
        "photo": ngettext("{count} place shows a photo", "{count} places show a photo", count),
        "broken": ngettext(
            "In {count} place, the photo does not load", "In {count} places, the photo does not load", count
        ),
        "loading": ngettext("{count} place was still loading", "{count} places were still loading", count),
        "open": ngettext("{count} place could not be compared", "{count} places could not be compared", count),
    }[shows]
    return fill(text, {"count": catalogue.number(count, 0)})

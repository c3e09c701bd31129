"""Defines what the portraits of each person at Contoso have in common over the years."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Casting:
    """The fixed part of a person's looks."""

    family: str
    """f or m: the set of styles of hair, beard and clothes."""
    skin: int
    """Color of the skin, 0 lightest to 6 darkest."""
    hair: int
    """Index of the hair color: 0 black, 1 dark brown, 2 brown, 3 auburn, 4 fair, 5 gray."""


CAST: Mapping[str, Casting] = {
    "ana.popescu": Casting("f", 1, 1),
    "ana.popescu2": Casting("f", 1, 3),
    "helpdesk": Casting("m", 1, 1),
    "stefan.tanase": Casting("m", 1, 2),
    "ioana.badea": Casting("f", 2, 1),
    "lihua.wang": Casting("f", 2, 0),
    "haruto.sato": Casting("m", 2, 0),
    "jurgen.muller": Casting("m", 0, 5),
    "amara.okafor": Casting("f", 6, 0),
    "priya.nair": Casting("f", 4, 0),
    "olivia.martin": Casting("f", 0, 4),
    "tomasz.zielinski": Casting("m", 0, 4),
    "fatima.alzahra": Casting("f", 3, 0),
    "lars.hansen": Casting("m", 0, 5),
    "carmen.ortega": Casting("f", 3, 1),
    "noah.becker": Casting("m", 0, 2),
    "gheorghe.tiriac": Casting("m", 2, 5),
    "elena.dragan": Casting("f", 1, 2),
    "victor.stanescu": Casting("m", 2, 0),
    "minjun.kim": Casting("m", 1, 0),
    "sofia.rossi": Casting("f", 2, 2),
    "kwame.mensah": Casting("m", 6, 0),
}
"""Everybody's casting, by the part of the UPN before the @."""

"""Labeled pairs of sightings, sampled from the pool."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass

from tests.bench.accuracy.edits import PROFILES
from tests.bench.accuracy.pool import Shown

LABELS = (
    "same",
    "other",
    "retake",
    "placeholder",
    "recrop80",
    "recrop90",
    "shift8",
    "mirrored",
    "grey",
    "brighter",
    "darker",
    *PROFILES,
)
CLASSES = ("44 px and more", "24 to 43 px")


@dataclass(frozen=True)
class Pair:
    """A pair of sightings with a label that says how they are related."""

    label: str
    size: str
    """Size class of the smaller sighting, one of `CLASSES`."""
    a: Shown
    b: Shown


@dataclass(frozen=True)
class _Pools:
    by: dict[tuple[str, str], list[Shown]]
    plain: list[Shown]
    drawn: list[Shown]


def draw(pool: list[Shown], seed: int, count: int) -> list[Pair]:
    """Return up to `count` different pairs of each label in each size class."""
    dice = random.Random(seed)
    by: dict[tuple[str, str], list[Shown]] = defaultdict(list)
    for shown in pool:
        by[shown.who, shown.edit].append(shown)
    plain = [shown for shown in pool if shown.edit == "none"]
    drawn = [shown for shown in pool if shown.edit in {"initials", "silhouette"}]
    pools = _Pools(by, plain, drawn)
    pairs = []
    for label in LABELS:
        seen: set[tuple[int, int]] = set()
        room = dict.fromkeys(CLASSES, count)
        for _ in range(count * 14):
            a = dice.choice(plain)
            b = _partner(label, a, pools, dice)
            if b is None or b is a or (id(a), id(b)) in seen:
                continue
            size = CLASSES[0] if min(a.px, b.px) >= 44 else CLASSES[1]
            if room[size] <= 0:
                continue
            room[size] -= 1
            seen |= {(id(a), id(b)), (id(b), id(a))}
            pairs.append(Pair(label, size, *((a, b) if dice.random() < 0.5 else (b, a))))
    return pairs


def _partner(label: str, a: Shown, pools: _Pools, dice: random.Random) -> Shown | None:
    if label == "other":
        b = dice.choice(pools.plain)
        return b if b.who != a.who else None
    if label == "placeholder":
        return dice.choice(pools.drawn)
    if label == "grey" and not a.coloured:
        return None
    return dice.choice(pools.by[a.who, "none" if label == "same" else label])

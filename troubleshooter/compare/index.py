"""Finds, among many stored avatars, the one that a sighting shows: fingerprints first, then the matcher.

The fingerprint is imagehash's perceptual hash of the visible part, its circle on one ground and the badge's corner
left out, so that page colour, corners and badge weigh nothing. It names candidates; the matcher decides.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from troubleshooter.compare.grid import GRID, Floats, diameter, light, view
from troubleshooter.compare.match import Match, match
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.register import shown
from troubleshooter.model.enums import MatchVerdict

BITS = 256
"""Bits of a fingerprint: a 16 × 16 perceptual hash (facts: at 8 × 8, half of all persons collide)."""
REACH = 84
"""Largest distance, bits of 256, at which a stored avatar is a candidate. Tuning pairs of one photo: 99.9 % within."""
CANDIDATES = 3
"""Candidates that the matcher looks at, nearest first."""
_BLOCK = 256
_Question = tuple[Avatar, list[tuple[str, Avatar]]]


@dataclass(frozen=True)
class Hit:
    """A stored avatar that a sighting shows."""

    key: str
    """The key it was stored under."""
    match: Match
    """What the matcher said of the stored avatar and the sighting."""


def fingerprint(avatar: Avatar) -> NDArray[np.uint8]:
    """Return the masked perceptual hash of `avatar`, packed into `BITS` / 8 bytes."""
    side = int(max(8, min(GRID, diameter(avatar))))  # the matcher's own grid, which it then need not make again
    luma, mask = view(avatar, side).luma, shown(side)
    ground = float((luma * mask).sum() / mask.sum())
    masked = np.where(mask > 0, luma, ground)
    bits = imagehash.phash(Image.fromarray(masked.astype(np.uint8)), hash_size=16, highfreq_factor=2).hash
    return np.packbits(bits)


class Index:
    """Stored avatars by fingerprint.

    Keeps the avatars' working pictures, at most 127 px on a side: about 50 kB each.
    """

    def __init__(self, stored: Iterable[tuple[str, Avatar]]) -> None:
        self._keys: list[str] = []
        self._avatars: list[Avatar] = []
        prints = []
        for key, avatar in stored:
            self._keys.append(key)
            prints.append(fingerprint(avatar))
            self._avatars.append(light(avatar))
        self._bits = _signs(np.stack(prints)) if prints else np.zeros((0, BITS), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, sighting: Avatar) -> Hit | None:
        """Return the stored avatar that `sighting` shows, or None."""
        return next(self.find_all([sighting]))

    def find_all(self, sightings: Iterable[Avatar]) -> Iterator[Hit | None]:
        """Yield for each of `sightings`, in order, the stored avatar that it shows, or None.

        Works in blocks, so memory stays flat; from the second block on all cores confirm.
        """
        rest = iter(sightings)
        first = list(islice(rest, _BLOCK))
        if len(first) < _BLOCK:
            yield from _confirmed(self._asked(first))  # starting processes would take longer
            return
        workers = os.cpu_count() or 1
        with ProcessPoolExecutor(workers) as pool:
            under_way = deque([pool.submit(_confirmed, self._asked(first))])
            while under_way:
                while len(under_way) <= workers and (block := list(islice(rest, _BLOCK))):
                    under_way.append(pool.submit(_confirmed, self._asked(block)))
                yield from under_way.popleft().result()

    def _asked(self, block: list[Avatar]) -> list[_Question]:
        """Return each sighting with its candidates, nearest first."""
        if not block or not self._keys:
            return [(avatar, []) for avatar in block]
        asked = _signs(np.stack([fingerprint(avatar) for avatar in block]))
        distances = (BITS - asked @ self._bits.T) / 2
        return [(light(avatar), self._candidates(row)) for avatar, row in zip(block, distances, strict=True)]

    def _candidates(self, distances: Floats) -> list[tuple[str, Avatar]]:
        few = min(CANDIDATES, len(distances))
        nearest = np.argpartition(distances, few - 1)[:few]
        ordered = sorted(nearest.tolist(), key=lambda at: float(distances[at]))
        return [(self._keys[at], self._avatars[at]) for at in ordered if distances[at] <= REACH]


def _confirmed(questions: list[_Question]) -> list[Hit | None]:
    """Return for each sighting the first of its candidates that the matcher calls the same photo, or None."""
    return [_hit(avatar, candidates) for avatar, candidates in questions]


def _hit(avatar: Avatar, candidates: list[tuple[str, Avatar]]) -> Hit | None:
    for key, stored in candidates:
        found = match(stored, avatar)
        if found.verdict == MatchVerdict.SAME:
            return Hit(key, found)
    return None


def _signs(prints: NDArray[np.uint8]) -> Floats:
    """Return packed bits as −1 and 1, so that a product counts the bits that agree."""
    return np.unpackbits(prints, axis=1).astype(np.float32) * 2 - 1

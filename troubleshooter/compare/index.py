"""Finds, among many stored avatars, the one that a sighting shows: fingerprints first, then the matcher.

The fingerprint is imagehash's perceptual hash of the visible part, its circle on one ground and the badge's corner
left out, so that page colour, corners and badge weigh nothing. It names candidates; the matcher decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from troubleshooter.compare.grid import GRID, Floats, diameter, light, view
from troubleshooter.compare.match import Match, match
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.register import shown
from troubleshooter.model import MatchVerdict

BITS = 256
"""Bits of a fingerprint: a 16 × 16 perceptual hash (facts: at 8 × 8, half of all persons collide)."""
REACH = 84
"""Largest distance, bits of 256, at which a stored avatar is a candidate. Tuning pairs of one photo: 99.9 % within."""
CANDIDATES = 3
"""Candidates that the matcher looks at, nearest first."""
_BLOCK = 256


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
        """Yield for each of `sightings`, in order, the stored avatar that it shows, or None; memory stays flat."""
        block: list[Avatar] = []
        for sighting in sightings:
            block.append(sighting)
            if len(block) == _BLOCK:
                yield from self._hits(block)
                block = []
        yield from self._hits(block)

    def _hits(self, block: list[Avatar]) -> Iterator[Hit | None]:
        if not block:
            return
        if not self._keys:
            yield from (None for _ in block)
            return
        asked = _signs(np.stack([fingerprint(avatar) for avatar in block]))
        distances = (BITS - asked @ self._bits.T) / 2
        for avatar, row in zip(block, distances, strict=True):
            yield self._confirmed(avatar, row)

    def _confirmed(self, avatar: Avatar, distances: Floats) -> Hit | None:
        few = min(CANDIDATES, len(distances))
        nearest = np.argpartition(distances, few - 1)[:few]
        for index in sorted(nearest.tolist(), key=lambda at: float(distances[at])):
            if distances[index] > REACH:
                return None
            found = match(self._avatars[index], avatar)
            if found.verdict == MatchVerdict.SAME:
                return Hit(self._keys[index], found)
        return None


def _signs(prints: NDArray[np.uint8]) -> Floats:
    """Return packed bits as −1 and 1, so that a product counts the bits that agree."""
    return np.unpackbits(prints, axis=1).astype(np.float32) * 2 - 1

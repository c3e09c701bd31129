"""Finds which of many stored avatars a sighting shows: by fingerprints first, then with the matcher.

The fingerprint is imagehash's perceptual hash of the visible part, with everything outside its circle and the badge's
corner in one color, so that page color, corners and badge have no weight. It proposes candidates, and the matcher
decides.
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
from troubleshooter.compare.match import match
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.register import shown
from troubleshooter.compare.result import Match
from troubleshooter.model.enums import MatchVerdict

BITS = 256
"""Bits of a fingerprint: a 16 × 16 perceptual hash (at 8 × 8, half of all people collide)."""
REACH = 84
"""Largest distance, in bits of 256, at which a stored avatar is a candidate; includes 99.9 % of the same-photo tuning
pairs."""
CANDIDATES = 3
"""Number of candidates that the matcher compares, nearest first."""
_BLOCK = 256
_Query = tuple[Avatar, list[tuple[str, Avatar]]]


@dataclass(frozen=True)
class Hit:
    """A stored avatar that a sighting shows."""

    key: str
    """The key under which the avatar was stored."""
    match: Match
    """The matcher's result for the stored avatar and the sighting."""


def fingerprint(avatar: Avatar) -> NDArray[np.uint8]:
    """Return the masked perceptual hash of `avatar`, packed into `BITS` / 8 bytes."""
    side = int(max(8, min(GRID, diameter(avatar))))  # the matcher's own grid, so that it is computed only once
    luma, mask = view(avatar, side).luma, shown(side)
    ground = float((luma * mask).sum() / mask.sum())
    masked = np.where(mask > 0, luma, ground)
    bits = imagehash.phash(Image.fromarray(masked.astype(np.uint8)), hash_size=16, highfreq_factor=2).hash
    return np.packbits(bits)


class Index:
    """Stored avatars, keyed by fingerprint.

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
        """Yield, for each of `sightings` in order, the stored avatar that it shows, or None.

        Works in blocks, so that memory stays constant; from the second block on, all cores are used.
        """
        rest = iter(sightings)
        first = list(islice(rest, _BLOCK))
        if len(first) < _BLOCK:
            yield from _confirmed(self._queries(first))  # starting worker processes would take longer
            return
        workers = os.cpu_count() or 1
        with ProcessPoolExecutor(workers) as pool:
            in_flight = deque([pool.submit(_confirmed, self._queries(first))])
            while in_flight:
                while len(in_flight) <= workers and (block := list(islice(rest, _BLOCK))):
                    in_flight.append(pool.submit(_confirmed, self._queries(block)))
                yield from in_flight.popleft().result()

    def _queries(self, block: list[Avatar]) -> list[_Query]:
        """Return each sighting with its candidates, nearest first."""
        if not block or not self._keys:
            return [(avatar, []) for avatar in block]
        prints = _signs(np.stack([fingerprint(avatar) for avatar in block]))
        distances = (BITS - prints @ self._bits.T) / 2
        return [(light(avatar), self._candidates(row)) for avatar, row in zip(block, distances, strict=True)]

    def _candidates(self, distances: Floats) -> list[tuple[str, Avatar]]:
        few = min(CANDIDATES, len(distances))
        nearest = np.argpartition(distances, few - 1)[:few]
        ordered = sorted(nearest.tolist(), key=lambda at: float(distances[at]))
        return [(self._keys[at], self._avatars[at]) for at in ordered if distances[at] <= REACH]


def _confirmed(queries: list[_Query]) -> list[Hit | None]:
    """Return, for each sighting, the first of its candidates that shows the same photo, or None."""
    return [_hit(avatar, candidates) for avatar, candidates in queries]


def _hit(avatar: Avatar, candidates: list[tuple[str, Avatar]]) -> Hit | None:
    for key, stored in candidates:
        found = match(stored, avatar)
        if found.verdict == MatchVerdict.SAME:
            return Hit(key, found)
    return None


def _signs(prints: NDArray[np.uint8]) -> Floats:
    """Return packed bits as −1 and 1, so that a product counts the bits that agree."""
    return np.unpackbits(prints, axis=1).astype(np.float32) * 2 - 1

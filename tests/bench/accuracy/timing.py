"""Time per pair, excluding decoding, relative to one SSIM at 240 px in the same run.

Both are timed in a fresh process, because in a long-running process the allocator keeps large blocks and an SSIM takes
only half as long.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import defaultdict

import numpy as np

from tests.bench.accuracy.pairs import Pair
from troubleshooter.compare import Avatar, load, match

REPEATS = 5


def _ssim(repeats: int = 20) -> float:
    from skimage.metrics import structural_similarity  # noqa: PLC0415 - a library of the bench only

    noise = np.random.default_rng(1).integers(0, 255, (2, 240, 240), dtype=np.uint8)
    start = time.perf_counter()
    for _ in range(repeats):
        structural_similarity(noise[0], noise[1])
    return (time.perf_counter() - start) / repeats


def measure(pairs: list[Pair]) -> tuple[float, dict[str, float]]:
    """Return the seconds per SSIM, and per `match` for each label, measured in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (pairs,))


def _measured(pairs: list[Pair], of_each: int = 40) -> tuple[float, dict[str, float]]:
    """Return the seconds per SSIM, and per `match` for each label, as the best of several rounds."""
    chosen: dict[str, list[tuple[Avatar, Avatar]]] = defaultdict(list)
    for pair in pairs:
        if len(chosen[pair.label]) < of_each:
            chosen[pair.label].append((load(pair.a.data), load(pair.b.data)))
    reference, found = float("inf"), dict.fromkeys(chosen, float("inf"))
    for _ in range(REPEATS):
        reference = min(reference, _ssim())
        for label, avatars in chosen.items():
            fresh = [(_fresh(a), _fresh(b)) for a, b in avatars]
            start = time.perf_counter()
            for a, b in fresh:
                match(a, b)
            found[label] = min(found[label], (time.perf_counter() - start) / len(fresh))
    return reference, found


def _fresh(avatar: Avatar) -> Avatar:
    """Return a copy of the avatar without the values that earlier rounds cached."""
    return Avatar(avatar.pixels, avatar.natural, avatar.name)

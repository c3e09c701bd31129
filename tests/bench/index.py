# ruff: noqa: T201 - a script that prints its result
"""Benchmark the index: `python -m tests.bench.index [--people 10000] [--sightings 10000]`.

The index contains one stored 96 px file per person. The sightings are other, 48 px files of the same pictures, but one
in ten shows nobody in the index. Prints the seconds without decoding, the share of right answers and the memory used.
"""

from __future__ import annotations

import argparse
import io
import resource
import time
from collections.abc import Iterator

import numpy as np
from PIL import Image

from troubleshooter.compare import Avatar, load
from troubleshooter.compare.index import Index


def picture(number: int, side: int, quality: int) -> bytes:
    """Return a JPEG of a picture with structure at all scales, which is different for each `number`."""
    dice = np.random.default_rng(number)
    total = np.full((120, 120, 3), 122, dtype=np.float32)
    for cells, weight in ((3, 60), (6, 40), (12, 25), (30, 12)):
        coarse = Image.fromarray((dice.uniform(0, 1, (cells, cells, 3)) * 255).astype(np.uint8))
        large = np.asarray(coarse.resize((120, 120), Image.Resampling.BICUBIC), dtype=np.float32)
        total += (large - 127) * np.float32(weight / 127)
    image = Image.fromarray(np.clip(total, 4, 250).astype(np.uint8)).resize((side, side), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--sightings", type=int, default=10_000)
    chosen = options.parse_args()
    spent = 0.0

    def decoded(numbers: Iterator[int], side: int, quality: int) -> Iterator[Avatar]:
        nonlocal spent
        for number in numbers:
            start = time.perf_counter()
            avatar = load(picture(number, side, quality))
            spent += time.perf_counter() - start
            yield avatar

    start = time.perf_counter()
    people = iter(range(chosen.people))
    index = Index((str(n), avatar) for n, avatar in enumerate(decoded(people, 96, 85)))
    building = time.perf_counter() - start - spent
    print(f"index of {len(index)}: {building:.1f} s, {_memory()} MB", flush=True)
    dice = np.random.default_rng(1)
    asked = [n if n % 10 else chosen.people + n for n in dice.integers(0, chosen.people, chosen.sightings).tolist()]
    start, spent, right = time.perf_counter(), 0.0, 0
    for number, hit in zip(asked, index.find_all(decoded(iter(asked), 48, 75)), strict=True):
        right += (hit.key if hit else None) == (str(number) if number < chosen.people else None)
    finding = time.perf_counter() - start - spent
    print(f"{len(asked)} sightings: {finding:.1f} s, {right / len(asked):.2%} right, {_memory()} MB")
    print(f"together {building + finding:.1f} s")


if __name__ == "__main__":
    main()

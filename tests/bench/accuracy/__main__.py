# ruff: noqa: T201 - a script that prints its result
"""Measure the comparison on rendered photographs: `python -m tests.bench.accuracy [--half report] [--seeds 11,12]`.

Prints Markdown: first the wrong and undetermined shares with their 95 % bounds for each label and size class, then the
methods side by side, each at its own best limit, and finally the time per pair.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter, defaultdict

from tests.bench.accuracy.edits import PROFILES
from tests.bench.accuracy.methods import BASELINES
from tests.bench.accuracy.pairs import CLASSES, LABELS, Pair, draw
from tests.bench.accuracy.photos import photographs
from tests.bench.accuracy.pool import build
from tests.bench.accuracy.timing import measure
from troubleshooter.compare import Avatar, load, match

LOST = 0.005
"""Share of same-photo pairs that a method may reject at its limit."""


def bound(hits: int, count: int) -> float:
    """Return the upper end of the 95 % Wilson interval of a share."""
    z, share = 1.96, hits / count
    middle = share + z * z / (2 * count)
    return (middle + z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))) / (1 + z * z / count)


def judge(pairs: list[Pair]) -> dict[tuple[str, str], Counter[str]]:
    """Return how many verdicts were right, wrong and undetermined for each label and size class."""
    known: dict[int, Avatar] = {}
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        for shown in (pair.a, pair.b):
            if id(shown) not in known:
                known[id(shown)] = load(shown.data)
        verdict = str(match(known[id(pair.a)], known[id(pair.b)]).verdict)
        wanted = "same" if pair.label in ("same", *PROFILES) else "different"
        found[pair.label, pair.size][
            "right" if verdict == wanted else "undetermined" if verdict == "undetermined" else "wrong"
        ] += 1
    return found


def product_table(pairs: list[Pair]) -> None:
    found = judge(pairs)
    print("| pairs | size | number | wrong | at most (95 %) | undetermined |\n| --- | --- | --- | --- | --- | --- |")
    for label in LABELS:
        for size in CLASSES:
            counts = found[label, size]
            number = counts.total()
            if number:
                print(
                    f"| {label} | {size} | {number} | {counts['wrong'] / number:.2%} "
                    f"| {bound(counts['wrong'], number):.2%} | {counts['undetermined'] / number:.2%} |"
                )


def baseline_table(pairs: list[Pair]) -> None:
    others = [label for label in LABELS if label not in ("same", *PROFILES)]
    print("\n| method | size | limit | time a pair |", " | ".join(others), "|")
    print("| --- " * (len(others) + 4) + "|")
    for name, method in BASELINES.items():
        start = time.perf_counter()
        distances: dict[tuple[str, str], list[float]] = defaultdict(list)
        for pair in pairs:
            distances[pair.label, pair.size].append(method(pair.a.data, pair.b.data))
        taken = (time.perf_counter() - start) / len(pairs)
        for size in CLASSES:
            same = sorted(distances["same", size])
            limit = same[min(len(same) - 1, math.ceil((1 - LOST) * len(same)) - 1)]
            cells = []
            for label in others:
                found = distances[label, size]
                hits = sum(d <= limit for d in found)
                cells.append(f"{hits / len(found):.0%} ({bound(hits, len(found)):.0%})")
            print(f"| {name} | {size} | {limit:.3g} | {taken * 1e3:.1f} ms |", " | ".join(cells), "|", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", choices=("tuning", "report"), default="report")
    options.add_argument("--seeds", default="11,12,13")
    options.add_argument("--pairs", type=int, default=3000, help="of each label and size class, over all seeds")
    options.add_argument("--baseline-pairs", type=int, default=300, help="of each label and size class, first seed")
    chosen = options.parse_args()
    seeds = [int(seed) for seed in chosen.seeds.split(",")]
    photos = [photo for photo in photographs() if photo.half == chosen.half]
    print(f"{len(photos)} photographs, half `{chosen.half}`, seeds {seeds}\n")
    pairs: list[Pair] = []
    for seed in seeds:
        print(f"rendering seed {seed}", file=sys.stderr)
        pairs += draw(build(photos, seed, plain=14, edited=4), seed, math.ceil(chosen.pairs / len(seeds)))
    product_table(pairs)
    sys.stdout.flush()
    print(
        "\nShare of pairs wrongly called the same, at the limit that loses 0.5 % of the true pairs"
        "\n(in brackets the upper end of the 95 % interval):"
    )
    few: Counter[tuple[str, str]] = Counter()
    sample = []
    for pair in pairs:
        few[pair.label, pair.size] += 1
        if few[pair.label, pair.size] <= chosen.baseline_pairs:
            sample.append(pair)
    baseline_table(sample)
    reference, times = measure(sample)
    print(f"\nOne SSIM at 240 px: {reference * 1e3:.2f} ms. One `match`, decoding left out:\n")
    print("| pairs | ms | of an SSIM |\n| --- | --- | --- |")
    for label, seconds in times.items():
        print(f"| {label} | {seconds * 1e3:.2f} | {seconds / reference:.2f} |")


if __name__ == "__main__":
    main()

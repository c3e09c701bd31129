"""Many pairs: compared on all cores, in order, in memory that does not grow with their number."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from troubleshooter.compare.match import LIMIT, Match, match
from troubleshooter.compare.picture import UnreadablePicture, load
from troubleshooter.model.enums import MatchVerdict
from troubleshooter.model.message import Message

CHUNK = 16
"""Pairs that a worker takes at once."""
AHEAD = 3
"""Chunks in flight for each worker."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One pair, as it was named, and what the two pictures are to each other."""

    a: str
    b: str
    match: Match


def compare_files(pair: Pair, folder: Path) -> Row:
    """Compare two files of `folder`; one that is no picture makes the pair undetermined."""
    a, b = pair
    try:
        return Row(a, b, match(load(folder / a), load(folder / b)))
    except UnreadablePicture as error:
        return Row(a, b, Match(MatchVerdict.UNDETERMINED, None, LIMIT, "unreadable", Message(text=str(error))))


def _chunk(pairs: list[Pair], folder: Path) -> list[Row]:
    return [compare_files(pair, folder) for pair in pairs]


def compare_all(pairs: Iterable[Pair], folder: Path) -> Iterator[Row]:
    """Yield each pair's row, in order."""
    rest = iter(pairs)
    first = list(islice(rest, CHUNK))
    if len(first) < CHUNK:
        yield from _chunk(first, folder)  # starting processes would take longer
        return
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        under_way: deque[Future[list[Row]]] = deque([pool.submit(_chunk, first, folder)])
        while under_way:
            while len(under_way) < workers * AHEAD and (chunk := list(islice(rest, CHUNK))):
                under_way.append(pool.submit(_chunk, chunk, folder))
            yield from under_way.popleft().result()

"""Compares many pairs on all cores, in order, and in constant memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from troubleshooter.compare.match import LIMIT, match
from troubleshooter.compare.picture import UnreadablePicture, load
from troubleshooter.compare.result import Match
from troubleshooter.model.enums import MatchVerdict
from troubleshooter.model.message import Message

CHUNK = 16
"""Number of pairs that a worker takes at a time."""
AHEAD = 3
"""Chunks in flight for each worker."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class ComparedPair:
    """A pair, as given in the input, and the result of comparing it."""

    a: str
    b: str
    match: Match


def compare_files(pair: Pair, folder: Path) -> ComparedPair:
    """Compare two files of `folder`; a file that is not a picture makes the pair undetermined."""
    a, b = pair
    try:
        return ComparedPair(a, b, match(load(folder / a), load(folder / b)))
    except UnreadablePicture as error:
        return ComparedPair(a, b, Match(MatchVerdict.UNDETERMINED, None, LIMIT, "unreadable", Message(text=str(error))))


def _chunk(pairs: list[Pair], folder: Path) -> list[ComparedPair]:
    return [compare_files(pair, folder) for pair in pairs]


def compare_all(pairs: Iterable[Pair], folder: Path) -> Iterator[ComparedPair]:
    """Yield the result of each pair, in order."""
    rest = iter(pairs)
    first = list(islice(rest, CHUNK))
    if len(first) < CHUNK:
        yield from _chunk(first, folder)  # starting worker processes would take longer
        return
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        in_flight: deque[Future[list[ComparedPair]]] = deque([pool.submit(_chunk, first, folder)])
        while in_flight:
            while len(in_flight) < workers * AHEAD and (chunk := list(islice(rest, CHUNK))):
                in_flight.append(pool.submit(_chunk, chunk, folder))
            yield from in_flight.popleft().result()

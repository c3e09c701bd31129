"""Splits a list among machines that know nothing of each other: each makes the same split of the same list.

Users are dealt out in turn. Where it is known how long each of them took in an earlier run, the next user, longest
first, goes to the part that has the least to do; a user who was not in that run counts as the median. Users who are
checked with the same account of their own stay together, so that the account signs in on one machine only.
"""

from __future__ import annotations

import hashlib
import heapq
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from troubleshooter.batch.user_row import UserRow
from troubleshooter.errors import InputError
from troubleshooter.model.batch_records import UserResult

_MOST = 1000
"""The largest number of parts."""


@dataclass(frozen=True)
class Shard:
    """One part of a list."""

    number: int
    """From 1."""
    of: int
    """The number of parts."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the part that `--shard` names, such as `3/10`.

        Raises:
            InputError: it names none.
        """
        found = re.fullmatch(r"\s*(\d{1,4})\s*/\s*(\d{1,4})\s*", text, re.ASCII)
        if not found or not 1 <= int(found[1]) <= int(found[2]) <= _MOST:
            raise InputError(
                "--shard", f"{text!r} is not a part; expected one such as 3/10, with at most {_MOST} parts"
            )
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        """Return it as `--shard` names it."""
        return f"{self.number}/{self.of}"


def part(rows: Sequence[UserRow], shard: Shard, durations: Mapping[str, float] | None = None) -> tuple[UserRow, ...]:
    """Return the users of one part, in the list's order; their numbers stay those of the whole list.

    Args:
        durations: how many seconds each user took in an earlier run.
    """
    units = _units(rows)
    mine: Sequence[Sequence[UserRow]]
    if durations and any(row.upn in durations for row in rows):
        mine = _balanced(units, shard, durations)
    else:
        mine = units[shard.number - 1 :: shard.of]
    return tuple(sorted((row for unit in mine for row in unit), key=lambda row: row.number))


def fingerprint(rows: Iterable[UserRow], durations: Mapping[str, float] | None = None) -> str:
    """Return a digest of a list and of how it is split: the same for all of its parts, and for no others."""
    taken = durations or {}
    said = "\n".join(f"{row.upn} {row.account or ''} {taken.get(row.upn, '')}" for row in rows)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def durations_of(results: Iterable[UserResult]) -> dict[str, float]:
    """Return how many seconds each user took."""
    return {result.upn: result.seconds for result in results if result.seconds > 0}


def _units(rows: Iterable[UserRow]) -> list[list[UserRow]]:
    """Return the users, those who share an account of their own as one unit, in the order of their first."""
    units: dict[str, list[UserRow]] = {}
    for row in rows:
        units.setdefault(f"account {row.account}" if row.account else row.upn, []).append(row)
    return list(units.values())


def _balanced(
    units: Sequence[Sequence[UserRow]], shard: Shard, durations: Mapping[str, float]
) -> Sequence[Sequence[UserRow]]:
    # Whole milliseconds add up to the same on every computer, in whatever order.
    known = {upn: max(1, round(1000 * seconds)) for upn, seconds in durations.items()}
    usual = round(statistics.median(known[row.upn] for unit in units for row in unit if row.upn in known))
    weighed = [(sum(known.get(row.upn, usual) for row in unit), unit) for unit in units]
    loads = [(0, number) for number in range(1, shard.of + 1)]
    mine = []
    for weight, unit in sorted(weighed, key=lambda pair: (-pair[0], pair[1][0].number)):
        load, number = heapq.heappop(loads)
        heapq.heappush(loads, (load + weight, number))
        if number == shard.number:
            mine.append(unit)
    return mine

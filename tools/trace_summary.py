"""Sum up what TROUBLESHOOTER_TRACE wrote: which calls to the browser a run makes, from where, and how long they take.

TROUBLESHOOTER_TRACE=calls.jsonl python -m troubleshooter demo
python tools/trace_summary.py calls.jsonl
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

_PHOTOGRAPHS = frozenset({"Page.screenshot", "Locator.screenshot", "ElementHandle.screenshot"})
_CAPTURE = "send Page.captureScreenshot"
_VISITS = frozenset({"Page.goto", "Frame.goto"})


class Spent(NamedTuple):
    """What a run has asked of the browser."""

    calls: int
    photographs: int
    """Pictures of a window or of an element, each of which the browser has to draw again."""
    addresses: int
    """Addresses that a tab was sent to."""
    longest_gap: float
    """Seconds in which no call began or ended: the run waited for something, or was busy itself."""


def spent(rows: Sequence[dict[str, Any]]) -> Spent:
    """Count the calls that `TROUBLESHOOTER_TRACE` wrote."""
    moments = sorted(at for row in rows for at in (row["at"], row["at"] + row.get("seconds", 0.0)))
    return Spent(
        calls=len(rows),
        photographs=sum(row["call"] in _PHOTOGRAPHS or row["sent"] == _CAPTURE for row in rows),
        addresses=sum(row["call"] in _VISITS for row in rows),
        longest_gap=max((later - at for at, later in pairwise(moments)), default=0.0),
    )


def read(file: Path) -> list[dict[str, Any]]:
    """Return the calls that `TROUBLESHOOTER_TRACE` wrote to `file`."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def main() -> int:
    """Print what the run asked of the browser, and the seconds spent in it."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path, help="the file that TROUBLESHOOTER_TRACE named")
    arguments.add_argument("--by", choices=("line", "call", "lines"), default="line", help="what to sum up by")
    arguments.add_argument("--most", type=int, default=40, help="rows to print")
    given = arguments.parse_args()
    rows = read(given.file)
    names = {"line": _line, "call": lambda row: str(row["call"]), "lines": lambda row: " < ".join(row["from"])}
    sums: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        sums[names[given.by](row)].append(row.get("seconds", 0.0))
    found = spent(rows)
    print(f"{found.calls} calls, {sum(row.get('seconds', 0.0) for row in rows):.1f} s within them")
    print(f"{found.photographs} photographs, {found.addresses} addresses, longest gap {found.longest_gap:.1f} s")
    for name, seconds in sorted(sums.items(), key=lambda item: -sum(item[1]))[: given.most]:
        print(f"{sum(seconds):7.2f} s {len(seconds):5d} x  {name}")
    return 0


def _line(row: dict[str, Any]) -> str:
    return f"{row['call']} at {row['from'][0] if row['from'] else '?'}"


if __name__ == "__main__":
    raise SystemExit(main())

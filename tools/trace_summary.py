"""Sum up what TROUBLESHOOTER_TRACE wrote: which calls to the browser a run makes, from where, and how long they take.

TROUBLESHOOTER_TRACE=calls.jsonl python -m troubleshooter demo
python tools/trace_summary.py calls.jsonl
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any


def main() -> int:
    """Print the number of calls, the seconds spent in them, and the longest gap without one."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path, help="the file that TROUBLESHOOTER_TRACE named")
    arguments.add_argument("--by", choices=("line", "call", "lines"), default="line", help="what to sum up by")
    arguments.add_argument("--most", type=int, default=40, help="rows to print")
    given = arguments.parse_args()
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines()]
    names = {"line": _line, "call": lambda row: str(row["call"]), "lines": lambda row: " < ".join(row["from"])}
    sums: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        sums[names[given.by](row)].append(row.get("seconds", 0.0))
    print(f"{len(rows)} calls, {sum(row.get('seconds', 0.0) for row in rows):.1f} s within them")
    for name, seconds in sorted(sums.items(), key=lambda item: -sum(item[1]))[: given.most]:
        print(f"{sum(seconds):7.2f} s {len(seconds):5d} x  {name}")
    return 0


def _line(row: dict[str, Any]) -> str:
    return f"{row['call']} at {row['from'][0] if row['from'] else '?'}"


if __name__ == "__main__":
    raise SystemExit(main())

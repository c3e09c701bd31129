"""Make disturbed runs, and print how they ended.

    python -m tests.matrix.disturbances                             # about four hours on two cores
    python -m tests.matrix.disturbances --sample 60 --jobs 2        # about 25 minutes
    python -m tests.matrix.disturbances --only "reset sharepoint" disk-full
    python -m tests.matrix.disturbances --table

Rows that the file already has are kept (`--rows FILE`; default `reports/matrix-disturbances.json`). Linux only.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from support.tools import tool  # noqa: E402 - its folder is not a package

from .judge import faults_of  # noqa: E402
from .rows import Row, rows  # noqa: E402
from .run import run  # noqa: E402
from .table import table  # noqa: E402

SECONDS = 40
"""What a run takes on two cores, from the start to the end of the checks."""


def main() -> int:
    """Make the rows that are missing, and print the table; return 1 if something is wrong."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=Path, default=ROOT / "reports" / "matrix-disturbances.json")
    arguments.add_argument(
        "--only", nargs="*", default=[], help="words, all of which a row's name contains; several groups"
    )
    arguments.add_argument("--sample", type=int, help="the number of rows to run, chosen at random but always the same")
    arguments.add_argument("--jobs", type=int, default=2, help="runs at the same time")
    arguments.add_argument("--table", action="store_true", help="print the table of the rows that there are")
    given = arguments.parse_args()
    made: dict[str, Any] = json.loads(given.rows.read_text()) if given.rows.exists() else {}
    wanted = [row for row in rows() if row.key not in made and _asked(given.only, row)]
    if given.sample is not None:
        wanted = Random(0).sample(wanted, min(len(wanted), given.sample))
    if not given.table:
        minutes = len(wanted) * SECONDS / given.jobs / 60
        print(f"{len(wanted)} rows, about {minutes:.0f} minutes", file=sys.stderr, flush=True)  # noqa: T201
        photo = given.rows.with_suffix(".jpg")
        tool("outcomes").draw(photo)
        with ProcessPoolExecutor(given.jobs) as pool:
            for row, one in zip(wanted, pool.map(run, wanted, [photo] * len(wanted)), strict=True):
                made[row.key] = one
                given.rows.write_text(json.dumps(made, indent=1, ensure_ascii=False))
                end = "/".join(filter(None, (one["verdict"], one["reason"])))
                print(f"{row.key}: {end}, {one['seconds']} s {faults_of(row, one) or ''}", file=sys.stderr, flush=True)  # noqa: T201
    print(table(made))  # noqa: T201
    return 1 if any(faults_of(row, made[row.key]) for row in rows() if row.key in made) else 0


def _asked(only: list[str], row: Row) -> bool:
    return not only or any(set(words.split()) <= set(row.key.split()) for words in only)


if __name__ == "__main__":
    sys.exit(main())

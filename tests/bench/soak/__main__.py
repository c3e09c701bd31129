# ruff: noqa: T201 - a script that prints its result
"""Makes N runs of `photo-differs` in a healthy sandbox, one after the other in one process, and prints what grows.

    python -m tests.bench.soak --runs 300
    python -m tests.bench.soak --runs 300 --surfaces account-panel,people-web-part   # shorter runs

Each run has a sandbox of its own, as `troubleshooter demo` has, so ports and threads of the sandbox count as well.
Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import linear_regression

from scenarios import SCENARIOS
from tests.bench.soak.process import NAMES, Held, held
from troubleshooter.model.enums import Verdict
from troubleshooter.model.records import Record
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.run.signals import NUMBERS
from troubleshooter.tenant.sandbox import sandbox, tenant_of

WARM = 3
"""Runs after which everything is loaded and cached; growth is counted from there."""


def once(out: Path, surfaces: tuple[str, ...]) -> Record:
    """Make one run that checks `surfaces`; return its record."""
    with sandbox("healthy") as box:
        wanted = RunRequest(scenario="photo-differs", tenant="sandbox:healthy", surfaces=surfaces, out=out, timeout=60)
        return asyncio.run(execute.run(prepare(wanted, tenant_of(box), SCENARIOS))).record


def growth(rows: list[Held]) -> dict[str, float]:
    """Return how much each number grows with each run, by a straight line through the rows."""
    runs = range(len(rows))
    return {name: linear_regression(runs, [getattr(row, name) for row in rows]).slope for name in NAMES}


def _line(first: str, values: list[float]) -> str:
    return f"| {first:>8} | " + " | ".join(f"{value:>9.3f}".rstrip("0").rstrip(".").rjust(9) for value in values) + " |"


def main() -> int:
    """Make the runs and print the table; return 1 if a run did not end in sync, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--every", type=int, default=10, help="print every n-th run")
    parser.add_argument("--surfaces", default="default", help="which places each run checks")
    given = parser.parse_args()
    rows: list[Held] = []
    wrong = 0
    print("|      run | " + " | ".join(f"{name:>9}" for name in NAMES) + " |", flush=True)
    print("| -------: | " + " | ".join(["--------:"] * len(NAMES)) + " |", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        temporary, out = Path(folder) / "tmp", Path(folder) / "reports"
        temporary.mkdir()
        tempfile.tempdir = str(temporary)
        for run in range(1, given.runs + 1):
            record = once(out, tuple(given.surfaces.split(",")))
            if record.verdict != Verdict.IN_SYNC:
                wrong += 1
                print(f"run {run}: {record.verdict} {record.reason or ''}", file=sys.stderr, flush=True)
            if record.interrupted_by in NUMBERS:
                break
            rows.append(held(temporary))
            if run <= WARM or run % given.every == 0 or run == given.runs:
                print(_line(str(run), [getattr(rows[-1], name) for name in NAMES]), flush=True)
        tempfile.tempdir = None
    if len(rows) > WARM + 1:
        print(_line("per run", list(growth(rows[WARM:]).values())))
    print(f"{len(rows)} runs in {time.monotonic() - began:.0f} s; {wrong} did not end in sync")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

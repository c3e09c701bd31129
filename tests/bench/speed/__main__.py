# ruff: noqa: T201 - a script that prints its result
"""Measures how long a run takes, against two scripts that go the same way: `python -m tests.bench.speed [--rounds 5]`.

All programs run in turn against one sandbox tenant, in every round in another order. The times come from rounds in
which nothing else is measured; memory and processor time come from rounds of their own. Linux only.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.speed.programs import ROOT, Measured, Program, environment, measure, programs
from tests.bench.speed.table import renew, table
from tests.bench.speed.tenant import served
from troubleshooter.browser.executable import find


def in_turn(
    what: str, measured: Sequence[Program], rounds: int, folder: Path, environment: Mapping[str, str]
) -> dict[str, list[Measured]]:
    """Run every program once a round, each round beginning with the next one; return the measurements by name.

    Args:
        what: "time", "memory", or what else the rounds are for.
    """
    found: dict[str, list[Measured]] = {program.name: [] for program in measured}
    for number in range(rounds):
        first = number % len(measured)
        for program in (*measured[first:], *measured[:first]):
            out = Path(tempfile.mkdtemp(dir=folder))
            found[program.name].append(measure(program, out, environment, memory=what == "memory"))
            seconds = found[program.name][-1].seconds
            print(f"{what} {number + 1}: {program.name}: {seconds:.1f} s", file=sys.stderr)
    return found


def machine(version: str) -> str:
    """Return a description of this computer that names neither it nor anybody."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    return (
        f"{platform.system()} on {platform.machine()}, {cores} processor cores, Python {platform.python_version()}, "
        f"Chromium {version}; {load:.1f} processes were running on average when it began"
    )


def main() -> None:
    """Measure, print the table, and write it to docs/speed.md if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each program is timed")
    parser.add_argument("--memory-rounds", type=int, default=2, help="how often memory is sampled")
    parser.add_argument("--write", action="store_true", help="write the table to docs/speed.md")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = find(playwright.chromium)[0].path
        with playwright.chromium.launch(executable_path=browser) as started:
            version = started.version
    where = machine(version)
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as tenant:
        measured, settings = programs(tenant, browser), environment(tenant, browser)
        in_turn("not counted", measured, 1, Path(name), settings)  # everything is loaded from the disk once
        timed = in_turn("time", measured, given.rounds, Path(name), settings)
        sampled = in_turn("memory", measured, given.memory_rounds, Path(name), settings)
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, {given.rounds} rounds. {where}.",
        "",
        *table(timed, sampled),
    ]
    print("\n".join(lines))
    if given.write:
        renew(ROOT / "docs" / "speed.md", lines)


if __name__ == "__main__":
    main()

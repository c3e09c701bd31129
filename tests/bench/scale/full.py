# ruff: noqa: T201 - a script that prints its result
"""Compare `verify` with pytest-playwright: `python -m tests.bench.scale.full [--people 200] [--workers 4]`.

All check the same generated users of one sandbox, each with a page, in sessions of the same account: `verify --depth
full`, `verify --depth quick`, and a test for each user (`with_pytest.py`) in as many processes of pytest-xdist, with
the plugin's usual artifacts and a screenshot of each step. Printed are seconds, users a second, processor seconds and
peak memory of the whole process tree. Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.scale.verify import ROOT, SAMPLED_EVERY, served
from tests.bench.speed.process_tree import Sampler
from tests.bench.speed.programs import PLUGINS
from troubleshooter.browser.executable import find

_INI = ROOT / "tests/bench/speed/pytest.ini"
_TESTS = ROOT / "tests/bench/scale/with_pytest.py"
_ENDS = {0, 1, 4}
"""Exit codes of a check that has found something."""


def browser() -> str:
    """Return the browser that all programs use."""
    with sync_playwright() as playwright:
        return find(playwright.chromium)[0].path  # type: ignore[arg-type] # it asks for a path, in both interfaces


def with_pages(folder: Path, most: int) -> int:
    """Write the first users that have a page to some.csv; return how many there are."""
    with (folder / "users.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["page"]][:most]
    with (folder / "some.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["upn", "page"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def settings(folder: Path, environment: Mapping[str, str], program: str) -> dict[str, str]:
    """Return the environment of all programs."""
    tenant = tomllib.loads((folder / "tenant.toml").read_text(encoding="utf-8"))
    variable = tenant["accounts"]["helpdesk"]["password"].partition(":")[2]
    return {
        **environment,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "SCALE_USERS": str(folder / "some.csv"),
        "SPEED_ADDRESS": tenant["network"]["resolve"],
        "SPEED_KEY": tenant["network"]["spki"],
        "SPEED_BROWSER": program,
        "SPEED_USER": tenant["accounts"]["helpdesk"]["username"],
        "SPEED_PASSWORD": environment[variable],
        "SPEED_PAGE": "",
    }


def row(name: str, command: Sequence[str], environment: Mapping[str, str], people: int) -> str:
    """Run a program; return its row of the table."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        sampler = Sampler(process.pid, SAMPLED_EVERY)
        printed, _ = process.communicate()
        seconds = time.perf_counter() - began
        sampler.stop()
    if process.returncode not in _ENDS:
        raise RuntimeError(f"{name} ended with {process.returncode}:\n{printed}")
    last = printed.strip().splitlines()[-1]
    return (
        f"| {name} | {seconds:.1f} | {people / seconds:.2f} | {sampler.processor_seconds / people:.2f} | "
        f"{sampler.peak_mb:.0f} | {last} |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--workers", type=int, default=4)
    given = parser.parse_args()
    python, workers = sys.executable, str(given.workers)
    with tempfile.TemporaryDirectory() as name:
        folder, program = Path(name), browser()
        with served(folder, 4 * given.people, "--layout", "today") as environment:
            people = with_pages(folder, given.people)
            where = settings(folder, environment, program)
            ours = [python, "-m", "troubleshooter", "verify", str(folder / "some.csv"), "--yes", "--quiet"]
            ours += ["--tenant", str(folder / "tenant.toml"), "--as", "helpdesk", "--rate", "0", "--workers", workers]
            ours += ["--executable", program]
            theirs = [python, "-m", "pytest", "-q", "-c", str(_INI), "-p", "no:cacheprovider", *PLUGINS, "-p", "xdist"]
            theirs += ["-o", "python_files=with_pytest.py", "-n", workers, "--tracing", "on", "--screenshot", "on"]
            theirs += [
                "--output",
                str(folder / "theirs"),
                "--tb",
                "line",
                str(ROOT / "tests/bench/scale/with_pytest.py"),
            ]
            print(f"{people} users, {workers} at a time, {os.cpu_count()} cores\n")
            print("| | seconds | users/s | processor s/user | peak MB | last line |\n|---|---:|---:|---:|---:|---|")
            for depth in ("full", "quick"):
                command = [*ours, "--depth", depth, "--run-dir", str(folder / depth)]
                print(row(f"`verify --depth {depth}`", command, where, people), flush=True)
            print(row("pytest-playwright, pytest-xdist", theirs, where, people), flush=True)


if __name__ == "__main__":
    main()

# ruff: noqa: T201 - a script that prints its result
"""Measure `verify` with generated users: `python -m tests.bench.scale.verify [--people 100,1000]`.

For each number of people, a sandbox is started and `verify --depth quick` checks all of them, without a limit. What
it says is compared with what was planted. Printed are seconds, users a second, requests to SharePoint for each user,
peak memory (PSS of the process, Playwright's driver and the browsers), and how often it agreed with the truth, could
not tell, or was wrong. `--confirm` lets it check in full whoever is not in sync; `--rate` sets the limit; `--limits`
makes the sandbox enforce the service's.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.speed.process_tree import Sampler

ROOT = Path(__file__).parents[3]
COLUMNS = ("users", "seconds", "users/s", "requests/user", "peak MB", "processor s/user")
COLUMNS += ("right", "undetermined", "wrong", "throttled")
SAMPLED_EVERY = 2.0
"""Seconds between two samples of memory: ten a second would take a quarter of a core from what is measured."""


@contextmanager
def served(folder: Path, people: int, *more: str) -> Iterator[dict[str, str]]:
    """Serve a tenant with that many generated people; yield the environment with its password."""
    command = [sys.executable, "-m", "troubleshooter", "sandbox", "serve", "--people", str(people), *more]
    for name in ("tenant.toml", "users.csv", "truth.csv"):
        command += [f"--write-{name.partition('.')[0]}", str(folder / name)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert process.stdout
            variable, _, password = process.stdout.readline().removeprefix("export ").strip().partition("=")
            process.stdout.readline()
            yield {**environment, variable: shlex.split(password)[0]}
        finally:
            process.terminate()


def compared(folder: Path) -> Counter[str]:
    """Return how many users were judged as is true of them, as undetermined, and wrongly."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = {row["upn"]: row["verdict"] for row in csv.DictReader(file)}
    found = Counter[str]()
    for line in (folder / "run" / "results.jsonl").read_text(encoding="utf-8").splitlines():
        result = json.loads(line)
        right = result["verdict"] == truth[result["upn"]]
        found["right" if right else "undetermined" if result["verdict"] == "inconclusive" else "wrong"] += 1
    return found


def measured(people: int, given: Any, folder: Path) -> str:
    """Return a row of the table."""
    limits = ("--limits",) if given.limits else ()
    with served(folder, people, *limits) as environment:
        command = [sys.executable, "-m", "troubleshooter", "verify", str(folder / "users.csv"), "--yes", "--quiet"]
        command += ["--tenant", str(folder / "tenant.toml"), "--as", "helpdesk", "--run-dir", str(folder / "run")]
        command += ["--rate", str(given.rate), "--depth", "quick", *(() if given.confirm else ("--no-confirm",))]
        command += ["--workers", str(given.workers)] if given.workers else []
        began = time.perf_counter()
        with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            sampler = Sampler(process.pid, SAMPLED_EVERY)
            process.wait()
            seconds = time.perf_counter() - began
            sampler.stop()
    summary = json.loads((folder / "run" / "summary.json").read_text(encoding="utf-8"))
    agreed = compared(folder)
    return (
        f"| {people} | {seconds:.1f} | {people / seconds:.1f} | {summary['requests'] / people:.1f} | "
        f"{sampler.peak_mb:.0f} | {sampler.processor_seconds / people:.3f} | {agreed['right']} | "
        f"{agreed['undetermined']} | {agreed['wrong']} | {summary['throttled']} |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", default="100,1000", help="numbers of generated people, separated by commas")
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--confirm", action="store_true")
    parser.add_argument("--limits", action="store_true")
    given = parser.parse_args()
    print(f"| {' | '.join(COLUMNS)} |\n|{' ---: |' * len(COLUMNS)}", flush=True)
    for people in map(int, given.people.split(",")):
        with tempfile.TemporaryDirectory() as name:
            print(measured(people, given, Path(name)), flush=True)


if __name__ == "__main__":
    main()

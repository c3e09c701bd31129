# ruff: noqa: T201 - a script that prints its result
"""Kill a run of many users again and again: `python -m tests.bench.scale.kills [--people 200] [--kills 20]`.

In turn, the command's own process, a browser and Playwright's driver are killed (SIGKILL) at a random moment of a quick
check of all users. After a kill of the command, the run is resumed. In the end, everybody has one result, no verdict
differs from that of an undisturbed run, and no sign-in was repeated that nobody had seen the end of. Linux only.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bench.scale.verify import ROOT, served

TARGETS = ("command", "browser", "driver")


def children(pid: int) -> Iterator[tuple[int, str]]:
    """Yield the processes below `pid`, each with its command line."""
    found = subprocess.run(["ps", "-ewwo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [(int(a), int(b), args) for a, b, args in (line.split(None, 2) for line in found.splitlines())]
    wanted = {pid}
    for child, parent, args in sorted(rows):
        if parent in wanted:
            wanted.add(child)
            yield child, args


def target_of(pid: int, what: str) -> int | None:
    """Return the process to kill; None if there is none yet."""
    if what == "command":
        return pid
    marks = {"browser": "--remote-debugging-pipe", "driver": "run-driver"}
    return next((child for child, args in children(pid) if marks[what] in args and "--type=" not in args), None)


def results(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the result of each user."""
    lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["upn"]: row for row in map(json.loads, lines)}


def wrong(folder: Path, found: Mapping[str, Mapping[str, Any]]) -> int:
    """Return how many users were judged otherwise than is true of them."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = {row["upn"]: row["verdict"] for row in csv.DictReader(file)}
    return sum(result["verdict"] not in ("inconclusive", truth[user]) for user, result in found.items())


def start(folder: Path, run: Path, environment: Mapping[str, str], *more: str) -> subprocess.Popen[str]:
    """Start the run, or resume it."""
    command = [sys.executable, "-m", "troubleshooter", "verify", "--quiet", "--workers", "2", "--rate", "0", *more]
    if (run / "journal.sqlite").exists():
        command += ["--resume", str(run)]
    else:
        command += [str(folder / "users.csv"), "--tenant", str(folder / "tenant.toml"), "--as", "helpdesk", "--yes"]
        command += ["--depth", "quick", "--no-confirm", "--run-dir", str(run)]
    return subprocess.Popen(
        command, env=dict(environment), cwd=ROOT, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the process; return its exit code and what it said."""
    _, said = process.communicate(timeout=600)
    return process.returncode, said


def killed_in(process: subprocess.Popen[str], what: str, after: float) -> bool:
    """Kill `what` of a run `after` so many seconds, or when it has started; return False if the run ended before."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
    while process.poll() is None:
        if victim := target_of(process.pid, what):
            os.kill(victim, signal.SIGKILL)
            if what != "command":
                process.send_signal(signal.SIGINT)  # without its browser the run goes on; it is interrupted, too
            return True
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
    return False


def check(folder: Path, run: Path) -> None:
    """Print what came of a run in the end, compared with the undisturbed one and with the truth."""
    first, last = results(folder / "undisturbed"), results(run)
    attempts = sqlite3.connect(run / "journal.sqlite").execute("SELECT session, outcome FROM sign_in").fetchall()
    others = Counter(
        f"{was['verdict']}, then {now['verdict']} ({now['reason']}{', set aside' if now['set_aside'] else ''})"
        for was, now in ((was, last[user]) for user, was in first.items() if user in last)
        if was["verdict"] != now["verdict"]
    )
    print(
        f"{run.name}: users {len(first)} and {len(last)}; wrong: {wrong(folder, last)}; other verdicts: {dict(others)}"
    )
    print(f"sign-ins: {len(attempts)}, each in a session of its own: {len({s for s, _ in attempts})}", flush=True)


def main() -> None:
    """Kill, resume, and print what came of it; begin another run when one is done, until there were enough kills."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, killed = random.Random(given.seed), dict.fromkeys(TARGETS, 0)
    with tempfile.TemporaryDirectory() as name, served(Path(name), given.people) as environment:
        folder, again, runs = Path(name), 0, 1
        began = time.monotonic()
        code, said = ended(start(folder, folder / "undisturbed", environment))
        took = time.monotonic() - began
        assert code in (0, 1, 4), said
        more = tuple[str, ...]()
        while (total := sum(killed.values())) < given.kills:
            run, what = folder / f"run {runs}", TARGETS[total % len(TARGETS)]
            process = start(folder, run, environment, *more)
            found = killed_in(process, what, chance.uniform(0.5, max(3.0, took / 2)))
            code, said = ended(process)
            killed[what] += found
            print(f"{total + found}: {what} {'killed' if found else 'not there'}, exit code {code}", flush=True)
            if code in (2, 70):
                print(said)
            more = ("--sign-in-again",) if "--sign-in-again" in said else ()  # a person looked, and allows it
            again += bool(more)
            if not found and not more:  # it is done
                check(folder, run)
                runs += 1
        ended(start(folder, run, environment, *more))
        check(folder, run)
        print(f"killed: {killed}; runs: {runs}; asked a person: {again}")


if __name__ == "__main__":
    main()

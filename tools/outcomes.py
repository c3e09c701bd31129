"""Run every fault of the sandbox with every scenario, as the user and as a colleague, and record how each run ends.

    python tools/outcomes.py --write outcomes.json                  # about two hours on two cores
    python tools/outcomes.py --write new.json --only stale-copy
    python tools/outcomes.py --diff tests/data/outcomes.json new.json
    python tools/outcomes.py --repeat 30 --only late-cards blur-up  # does a fault always end as the table says?

Each run is a separate process that is started on the command line, so the table does not depend on how the code is
structured. `--project DIR` runs the code of another checkout.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

SCENARIOS = ("photo-differs", "add-photo", "resync-photo")
ROLES = ("ana", "helpdesk")
TABLE = Path(__file__).parents[1] / "tests" / "data" / "outcomes.json"
SUBJECT = "ana.popescu@contoso.com"
PATIENCE = {"slow-images": 4}
"""Limit in seconds for a single wait, for faults that use all of it; other faults get 20."""


def main() -> int:
    """Write a table, compare two, or repeat runs and compare them with the stored table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", type=Path, help="the table to write; rows that it already has are kept")
    arguments.add_argument("--only", nargs="*", help="faults to run; default: all")
    arguments.add_argument("--jobs", type=int, default=3, help="runs at the same time")
    arguments.add_argument("--project", type=Path, default=Path(__file__).parents[1], help="the checkout to run")
    arguments.add_argument("--diff", type=Path, nargs=2, help="two tables to compare")
    arguments.add_argument(
        "--repeat",
        type=int,
        help="check the photo this many times with each fault, as the user, and compare with the stored table",
    )
    given = arguments.parse_args()
    if given.repeat:
        return repeat(given.project, given.only or faults(given.project), given.repeat, given.jobs)
    if given.diff:
        return compare(*(json.loads(path.read_text()) for path in given.diff))
    if not given.write:
        arguments.error("expected --write, --diff or --repeat")
    rows = json.loads(given.write.read_text()) if given.write.exists() else {}
    wanted = [
        (fault, scenario, role)
        for scenario in SCENARIOS
        for role in ROLES
        for fault in given.only or faults(given.project)
        if f"{fault} {scenario} {role}" not in rows
    ]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(given.jobs) as pool:
        photo = Path(scratch, "photo.jpg")
        draw(photo)
        for key, row in pool.map(lambda one: run(given.project, photo, *one), wanted):
            rows[key] = row
            order = sorted(rows, key=lambda name: (name.split()[0] != "healthy", name))
            lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(rows[name])}" for name in order)
            given.write.write_text("{\n" + lines + "\n}\n")
            print(key, row["verdict"], row["reason"] or "", *row["causes"], flush=True)
    return 0


def repeat(project: Path, names: Sequence[str], times: int, jobs: int) -> int:
    """Run `photo-differs` several times with each fault, and print how often that ended as in the stored table.

    Return 1 unless every run did. Rows that differ, also in their causes, are printed.
    """
    rows, expected = Counter[str](), json.loads(TABLE.read_text())
    wanted = [name for _ in range(times) for name in names]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(jobs) as pool:
        for key, row in pool.map(
            lambda name: run(project, Path(scratch, "none.jpg"), name, SCENARIOS[0], ROLES[0]), wanted
        ):
            same = [row[what] == expected[key][what] for what in ("verdict", "reason", "exit", "causes")]
            rows[key.split()[0]] += all(same[:3])  # causes do not count: the less likely ones vary from run to run
            if not all(same):
                print(f"{key}\n  - {expected[key]}\n  + {row}", flush=True)
    print(*(f"{name}: {rows[name]} of {times}" for name in names), sep="\n")
    return 1 if any(rows[name] < times for name in names) else 0


def faults(project: Path) -> list[str]:
    """Return the names of all faults, as `demo --list-faults` prints them."""
    listed = subprocess.run(
        [sys.executable, "-m", "troubleshooter", "demo", "--list-faults"],
        cwd=project, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [line.split()[0] for line in listed.stdout.splitlines() if line.strip()]


def run(project: Path, photo: Path, fault: str, scenario: str, role: str) -> tuple[str, dict[str, object]]:
    """Make one run and return its row."""
    out = Path(tempfile.mkdtemp(dir=photo.parent))
    command = ["run", scenario, "--tenant", f"sandbox:{fault}", "--as", role, "--out", str(out), "--json", "--quiet"]
    command += ["--timeout", str(PATIENCE.get(fault, 20)), "--non-interactive"]
    command += ["--photo", str(photo), "--allow-changes"] if scenario == "add-photo" else []
    command += ["--subject", SUBJECT] if scenario == "photo-differs" else []
    ended = subprocess.run(
        [sys.executable, "-m", "troubleshooter", *command],
        cwd=project, check=False, capture_output=True, text=True, timeout=400, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    key = f"{fault} {scenario} {role}"
    if not ended.stdout.strip():
        return key, {"verdict": "none", "reason": ended.stderr[-200:], "causes": [], "exit": ended.returncode}
    return key, row_of(json.loads(ended.stdout), ended.returncode)


def row_of(record: dict[str, Any], code: int) -> dict[str, object]:
    """Return the table's row for a run with the given record and exit code."""
    seen = Counter(f"{s['surface']}/{s['kind']}" for s in record["sightings"])
    return {
        "verdict": record["verdict"],
        "reason": record["reason"],
        "outcome": record.get("outcome"),
        "causes": [d["cause"] for d in record["diagnoses"]],
        "exit": code,
        "steps": [f"{s['id']}:{s['status']}" + (f":{s['reason']}" if s["reason"] else "") for s in record["steps"]],
        "seen": {name: seen[name] for name in sorted(seen)},
    }


def draw(path: Path) -> None:
    """Draw a photo of 700 × 700 px that the service accepts and that cannot be mistaken for a placeholder."""
    picture = Image.radial_gradient("L").resize((700, 700)).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for step in range(12):
        corner = (step * 53) % 600
        pen.ellipse((corner, 600 - corner // 2 - step * 20, corner + 90, 690 - corner // 2), fill=(20 * step, 90, 210))
    picture.save(path, quality=92)


def compare(before: dict[str, dict[str, object]], after: dict[str, dict[str, object]]) -> int:
    """Print each row that differs, and return 1 if there is one."""
    differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    for name in differing:
        print(f"{name}\n  - {before.get(name)}\n  + {after.get(name)}")
    print(f"{len({**before, **after})} rows, {len(differing)} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

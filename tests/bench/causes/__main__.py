# ruff: noqa: T201 - a script that prints its result
"""Measure how often the right cause is diagnosed: `python -m tests.bench.causes [--seeds 1,2,3] [--faults a,b]`.

Applies each fault, runs `photo-differs` as the subject and as a colleague, and prints a confusion matrix of the faults'
causes and the first diagnoses as Markdown. Each seed uses a different subject and different photos. With `--log FILE`,
every run is appended to a JSON Lines file as soon as it ends, and runs that the file already contains are skipped.
`--again` applies the current rules to the runs that `--keep` kept, which is enough if only a rule has changed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench.causes.runs import ROLES, Case, Outcome, judged_again, measured
from tests.bench.causes.table import table
from tests.bench.causes.worker import begin, measure


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the confusion matrix of the runs that the command line selects."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--faults", default=",".join(measured()))
    parser.add_argument("--roles", default=",".join(ROLES))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--keep", type=Path, help="folder that keeps the runs' folders")
    parser.add_argument("--again", action="store_true", help="judge the runs in --log and --keep again, make none")
    given = parser.parse_args(arguments)
    before = given.log.read_text(encoding="utf-8").splitlines() if given.log and given.log.exists() else []
    outcomes = [Outcome(**json.loads(line)) for line in before]
    if given.again:
        print("\n".join(table(judged_again(outcome, given.keep) for outcome in outcomes)))
        return
    known = {(o.fault, o.role, o.seed) for o in outcomes}
    seeds, faults, roles = given.seeds.split(","), given.faults.split(","), given.roles.split(",")
    cases = [Case(fault, role, int(seed)) for seed in seeds for fault in faults for role in roles]
    cases = [case for case in cases if (case.fault, case.role, case.seed) not in known]
    with multiprocessing.get_context("spawn").Pool(given.workers, begin) as pool:
        for outcome in pool.imap_unordered(measure, [(case, given.keep) for case in cases]):
            outcomes.append(outcome)
            print(json.dumps(asdict(outcome)), file=sys.stderr, flush=True)
            if given.log:
                with given.log.open("a", encoding="utf-8") as log:
                    log.write(json.dumps(asdict(outcome)) + "\n")
    print("\n".join(table(outcomes)))


if __name__ == "__main__":
    main()

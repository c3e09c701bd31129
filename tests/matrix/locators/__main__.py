"""Make every mutation of every visit, and print the table.

    python -m tests.matrix.locators                                  # about 25 minutes on two cores
    python -m tests.matrix.locators --only home@classic sign-in@classic
    python -m tests.matrix.locators --sample 100 --jobs 4

Rows that the file already has are kept (`--rows FILE`; default `reports/matrix-locators.json`); `--table` only prints.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from support.private import kept  # noqa: E402 - its folder is not a package
from support.tools import tool  # noqa: E402

from troubleshooter.tenant.sandbox import sandbox, tenant_of  # noqa: E402

from . import whole  # noqa: E402
from .cases import Case, case_of, usual  # noqa: E402
from .elements import ELEMENTS  # noqa: E402
from .outcome import result_of  # noqa: E402
from .table import BAD, table  # noqa: E402
from .visits import Room, Visited, visit  # noqa: E402

ALONE = ("sign-in@classic", "photo-window@classic")
"""Visits that are made one at a time, because what they send is counted."""


def main() -> int:
    """Make the rows that are missing, and print the table; return 1 if something is wrong."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=Path, default=ROOT / "reports" / "matrix-locators.json")
    arguments.add_argument("--only", nargs="*", default=[], help="visits, or any part of a row's name")
    arguments.add_argument(
        "--sample", type=int, help="the number of mutations to make, chosen at random but always the same"
    )
    arguments.add_argument("--jobs", type=int, default=3, help="visits at the same time")
    arguments.add_argument("--table", action="store_true", help="print the table of the rows that there are")
    arguments.add_argument("--whole", type=int, help="instead, make whole runs for so many of the rows that there are")
    given = arguments.parse_args()
    rows: dict[str, Any] = json.loads(given.rows.read_text()) if given.rows.exists() else {}
    if given.whole:
        asyncio.run(_make_whole(given, rows))
    elif not given.table:
        asyncio.run(_make(given, rows))
    print(table(rows))  # noqa: T201
    return int(any(row["result"] in BAD or row.get("whole", {}).get("wrong") for row in rows.values()))


async def _make_whole(given: argparse.Namespace, rows: dict[str, Any]) -> None:
    """Make whole runs for some of the rows, by turns in a healthy tenant and in one with a stale copy."""
    photo = given.rows.with_suffix(".jpg")
    tool("outcomes").draw(photo)
    left = [key for key in sorted(rows) if "whole" not in rows[key] and _asked(given.only, case_of(key))]
    for number, key in enumerate(Random(0).sample(left, min(len(left), given.whole))):
        fault = whole.FAULTS[number % len(whole.FAULTS)]
        rows[key]["whole"] = {"fault": fault, **await whole.run(case_of(key), fault, photo)}
        print(key, rows[key]["whole"], file=sys.stderr, flush=True)  # noqa: T201
        given.rows.write_text(json.dumps(rows, indent=1, ensure_ascii=False))


async def _make(given: argparse.Namespace, rows: dict[str, Any]) -> None:
    photo = given.rows.with_suffix(".jpg")
    tool("outcomes").draw(photo)
    with sandbox("healthy") as box:
        async with kept(tenant_of(box).network) as browser:
            room = Room(box, browser, photo)
            for name in ELEMENTS:
                if (
                    given.only
                    and not any(name in part or part in name for part in given.only)
                    and not any(" | " in p for p in given.only)
                ):
                    continue
                box.state.layout = _layout(name)
                before, cases = await usual(name, room)
                if before.failed:
                    raise SystemExit(f"{name}: already fails as usual: {before.steps} {before.said}")
                wanted = [case for case in cases if case.key not in rows and _asked(given.only, case)]
                if given.sample is not None:
                    wanted = Random(0).sample(wanted, min(len(wanted), -(-given.sample // len(ELEMENTS))))
                print(f"{name}: {len(wanted)} of {len(cases)} mutations", file=sys.stderr, flush=True)  # noqa: T201
                turns = asyncio.Semaphore(1 if name in ALONE else given.jobs)

                async def one(
                    case: Case,
                    number: int,
                    name: str = name,
                    before: Visited = before,
                    turns: asyncio.Semaphore = turns,
                ) -> None:
                    async with turns:
                        box.state.journal.requests.clear()
                        started = time.monotonic()
                        made = await visit(case.visit, room, case.mutation, f"{name}-{number}")
                    seconds = round(time.monotonic() - started, 1)
                    rows[case.key] = {
                        "result": result_of(case, before, made).value, "said": made.said[:300], "failed": made.failed,
                        "by": made.found.get(case.element.locator), "seconds": seconds,
                        "touched": made.touched, "strangers": made.strangers, "sent": made.sent,
                        "lost": sorted(_names(before) - _names(made)),
                    }  # fmt: skip
                    given.rows.write_text(json.dumps(rows, indent=1, ensure_ascii=False))

                await asyncio.gather(*(one(case, number) for number, case in enumerate(wanted)))


def _names(made: Visited) -> set[str]:
    return {surface for surface, _, _ in made.seen}


def _asked(only: list[str], case: Case) -> bool:
    return not only or any(part in case.key for part in only)


def _layout(name: str) -> Any:
    from troubleshooter.sandbox.layouts import layout_named  # noqa: PLC0415

    return layout_named(name.partition("@")[2])


if __name__ == "__main__":
    sys.exit(main())

"""Prints what the mutations came to, as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from .outcome import Result

FOUND = (Result.SAME, Result.OTHER, Result.STRUCTURE)
BAD = (Result.SILENT, Result.WRONG)
STOPPED = (Result.NAMED, Result.UNNAMED, Result.SAID)


def table(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the shares by visit, and the rows that are wrong or say nothing."""
    by_visit: dict[str, Counter[str]] = {}
    for key, row in rows.items():
        by_visit.setdefault(key.split(" | ")[0], Counter())[str(row["result"])] += 1
    columns = [result.value for result in Result]
    lines = [
        f"| visit | mutations | {' | '.join(columns)} |",
        f"| --- | {' | '.join('---:' for _ in range(len(columns) + 1))} |",
    ]
    for visit, counts in by_visit.items():
        lines.append(_line(visit, counts, columns))
    total: Counter[str] = sum(by_visit.values(), Counter())
    lines.append(_line("**all**", total, columns))
    count = sum(total.values()) or 1
    share = {
        name: 100 * sum(total[result] for result in group) / count
        for name, group in (("found", FOUND), ("stopped", STOPPED))
    }
    lines.append("")
    lines.append(
        f"Succeeded all the same: {share['found']:.1f} %. Stopped or saw less: {share['stopped']:.1f} %, "
        f"of these naming the element: {_share(total[Result.NAMED], sum(total[result] for result in STOPPED))}. "
        f"Less seen without a word: {total[Result.SILENT]}. Wrong: {total[Result.WRONG]}."
    )
    runs = [row["whole"] for row in rows.values() if "whole" in row]
    wrong = sum(bool(run["wrong"]) for run in runs)
    lines.append(
        f"Whole runs with one of them: {len(runs)}, of these with a wrong verdict or a touched decoy: {wrong}."
    )
    lines += [""] + [
        f"- {row['result']}: {key}: {row['said']}" for key, row in rows.items() if row["result"] not in _GOOD
    ]
    return "\n".join(lines)


_GOOD = {result.value for result in (*FOUND, Result.NAMED, Result.SAID)}


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _line(name: str, counts: Counter[str], columns: Iterable[str]) -> str:
    return f"| {name} | {sum(counts.values())} | {' | '.join(str(counts[column]) for column in columns)} |"

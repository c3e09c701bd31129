"""Prints how the disturbed runs ended, as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from .judge import faults_of, wrong_verdict
from .rows import COMPUTER, NETWORK, Row, rows


def table(made: Mapping[str, Mapping[str, Any]]) -> str:
    """Return what came of each kind of disturbance, and every row about which something is wrong."""
    every = rows()
    there = [(row, dict(made[row.key])) for row in every if row.key in made]
    lines = [
        "| disturbance | runs | as usual | stopped | cannot tell | other | faults |",
        "| --- " + "| ---: " * 6 + "|",
    ]
    for kind in (*NETWORK, *COMPUTER):
        if mine := [(row, one) for row, one in there if row.kind == kind]:
            lines.append(_line(kind, mine))
    if there:
        lines.append(_line("**all**", there))
    wrong = [row for row, one in there if wrong_verdict(row, one)]
    lost = sum(bool(one["lost"]) for _, one in there)
    left = sum(bool(one["left"]) for _, one in there)
    longest = max((one["seconds"] for _, one in there), default=0)
    lines += ["", f"{len(there)} of {len(every)} rows were run. Wrong verdicts: {len(wrong)}. Lost evidence: {lost}. "]
    lines[-1] += f"Something left behind: {left}. Longest run: {longest:g} s. "
    lines[-1] += f"Rows whose place was never asked: {sum(not one['touched'] for _, one in there)}."
    lines.append("")
    lines += [f"- {row.key}: {'; '.join(found)}" for row, one in there if (found := faults_of(row, one))]
    return "\n".join(lines)


def _line(name: str, mine: list[tuple[Row, dict[str, Any]]]) -> str:
    counts = Counter(_sort(row, one) for row, one in mine)
    faults = sum(bool(faults_of(row, one)) for row, one in mine)
    columns = (counts[sort] for sort in ("usual", "stopped", "inconclusive", "other"))
    return f"| {name} | {len(mine)} | {' | '.join(map(str, columns))} | {faults} |"


def _sort(row: Row, one: Mapping[str, Any]) -> str:
    usual = {"healthy": "in-sync", "stale-copy": "out-of-sync"}[row.fault]
    if one["verdict"] == usual or one.get("outcome") in ("photo-added", "already-current", "copied"):
        return "usual"
    return str(one["verdict"]) if one["verdict"] in ("stopped", "inconclusive") else "other"

"""Writes the measurements as Markdown: medians, ratios round by round, memory, and sizes on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.bench.speed.programs import BARE, USUAL, Measured

MARK = "<!-- `make bench-speed` writes what follows. -->"
_HEAD = (
    "program", "seconds", f"× {BARE}", f"× {USUAL}", "peak memory, MB", "processor time, s", "folder, MB",
    "index.html, MB",
)  # fmt: skip

Timed = Mapping[str, Sequence[Measured]]
"""The measurements of each program, one a round, in the order of the rounds."""


def table(timed: Timed, sampled: Timed) -> Iterator[str]:
    """Yield the lines of the table.

    Args:
        timed: measurements without sampling, from which the times come.
        sampled: measurements with memory and processor time.
    """
    yield f"| {' | '.join(_HEAD)} |"
    yield f"| --- |{' ---: |' * (len(_HEAD) - 1)}"
    for name, rounds in timed.items():
        times = [measured.seconds for measured in rounds]
        cells = [f"{median(times):.1f} ({min(times):.1f} to {max(times):.1f})"]
        cells += [_ratio(rounds, timed[other]) if other != name else "1" for other in (BARE, USUAL)]
        cells += [f"{median(m.peak_mb for m in sampled[name]):.0f}"]
        cells += [f"{median(m.processor_seconds for m in sampled[name]):.1f}"]
        cells += [_size(median(getattr(m, size) for m in rounds)) for size in ("folder_mb", "report_mb")]
        yield f"| {name} | {' | '.join(cells)} |"


def _ratio(rounds: Sequence[Measured], others: Sequence[Measured]) -> str:
    ratios = [a.seconds / b.seconds for a, b in zip(rounds, others, strict=True)]
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def _size(mb: float) -> str:
    return f"{mb:.2f}" if mb else "none"


def renew(document: Path, lines: Sequence[str]) -> None:
    """Replace what follows the mark in `document`."""
    text = document.read_text(encoding="utf-8")
    assert MARK in text, f"{document} has no line {MARK}"
    before = re.split(re.escape(MARK), text, maxsplit=1)[0]
    document.write_text(f"{before}{MARK}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")

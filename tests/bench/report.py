"""Measures how large a run's report, its PDF and its mail become with the number of places, and how long each takes.

`python -m tests.bench.report [--places 1,10,30,100]`
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.browser import launch
from troubleshooter.evidence.run_folder import REPORT, RunFolder
from troubleshooter.model.enums import Source, Surface, Verdict
from troubleshooter.model.records import Record
from troubleshooter.report import STYLE_FILE, make_ready, render, style_file
from troubleshooter.run.outputs import FinishedRun, write

from ..report.drawing import portrait
from ..report.samples import NEW, OLD, Folder, compared, record, seen

SIDE = 96
"""Pixels of the smallest of the avatars; each is a little larger than the one before, so that no two are equal."""
FORMS = ("report", "pdf", "mail")
"""What is measured: the report itself, and what `report --pdf` and `report --mail` write."""


@dataclass(frozen=True)
class Measured:
    """One form of a report."""

    size: int
    """Bytes."""
    seconds: float
    """To render it, or to write it; a PDF includes the start of its browser."""


def measured(places: int) -> dict[str, Measured]:
    """Return what each form of the report of a run takes that sees `places` cards."""
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path) / "run"
        folder.mkdir()
        made = _record(Folder(folder), places)
        began = time.perf_counter()
        html = render(made, folder)
        found = {"report": Measured(len(html.encode()), time.perf_counter() - began)}
        (folder / REPORT).write_text(html, encoding="utf-8")
        (folder / STYLE_FILE).write_text(style_file(), encoding="utf-8")
        run = FinishedRun(made, RunFolder(folder), "en", launch.Options())
        return found | {form: _written(run, form, Path(path) / form) for form in FORMS[1:]}


def _written(run: FinishedRun, form: str, file: Path) -> Measured:
    began = time.perf_counter()
    asyncio.run(write(run, {form: file}))
    return Measured(file.stat().st_size, time.perf_counter() - began)


def _record(folder: Folder, places: int) -> Record:
    cards = [
        folder.sighting(Surface.PEOPLE_WEB_PART, portrait(OLD, SIDE + number), Source.SHAREPOINT_COPY, page=number)
        for number in range(places)
    ]
    return record(
        folder,
        verdict=Verdict.OUT_OF_SYNC,
        sightings=(seen(folder, NEW, OLD)[0], *cards),
        comparisons=tuple(compared(0.4, number, "other-photo") for number in range(1, places + 1)),
    )


def main() -> None:
    """Print a row for each number of places."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--places", default="1,10,30,100")
    make_ready("en")
    measured(1)
    print(f"{'':>7}" + "".join(f"{form:>17}" for form in FORMS))
    print(f"{'places':>7}" + f"{'KB':>8}{'seconds':>9}" * len(FORMS))
    for places in map(int, asked.parse_args().places.split(",")):
        found = measured(places)
        cells = (f"{found[form].size / 1000:>8.0f}{found[form].seconds:>9.2f}" for form in FORMS)
        print(f"{places:>7}" + "".join(cells))


if __name__ == "__main__":
    main()

# ruff: noqa: T201 - a script that prints its result
"""Measure the report of many users in Chromium: `python -m tests.bench.scale.report [--users 10000] [--repeat 5]`.

Prints, for results that are made from a seed: the seconds that writing takes, the size, when the page was first
painted, how long it took to find one user by typing, to filter, to sort and to turn a page, each until the change is
laid out, and the memory of the page. The goals for 10,000 users: 10 s, 25 MB, 1,000 ms, and 100 ms for each filter.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))
from support.many_results import Made, made

from troubleshooter.report.formats import actions_csv, ctrf, findings_csv, junit, markdown
from troubleshooter.report.many import render

MEASURED = """async ([what, value]) => {
  const form = document.querySelector(".filters");
  const start = performance.now();
  if (what === "sort") document.querySelector(`th[data-sort=${value}] button`).click();
  else if (what === "page") document.querySelector(`.pager [data-go=${value}]`).click();
  else {
    form.elements[what].value = value;
    form.elements[what].dispatchEvent(new Event("input", { bubbles: true }));
  }
  const drawn = document.querySelector(".people").offsetHeight; // forces the layout
  return [performance.now() - start, document.querySelectorAll("tr.row").length, drawn];
}"""
ACTIONS = (
    ("first search, which prepares the texts", "q", "popescu"),
    ("search for one user", "q", "user07777"),
    ("search for nothing", "q", ""),
    ("filter by result", "result", "in-sync"),
    ("filter by nothing", "result", ""),
    ("filter by cause", "cause", "C1"),
    ("clear the cause", "cause", ""),
    ("sort by user", "sort", "user"),
    ("sort by cause", "sort", "why"),
    ("last page", "page", "last"),
)
PAINTED = """() => new Promise(done => {
  const known = performance.getEntriesByName("first-contentful-paint")[0];
  if (known) done(known.startTime);
  else new PerformanceObserver(list => done(list.getEntries()[0].startTime)).observe({type: "paint", buffered: true});
})"""


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--users", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--repeat", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        results = made(chosen.users, chosen.seed, folder=Path(folder))
        _written(results, Path(folder))
        _opened(Path(folder) / "index.html", chosen.repeat)


def _written(results: Made, folder: Path) -> None:
    """Write the report and the other formats, and print how long each takes and how large it is."""
    began = time.perf_counter()
    html = render(results.summary, results.results, folder)
    print(f"index.html     {time.perf_counter() - began:6.2f} s {len(html.encode()) / 1e6:7.2f} MB")
    (folder / "index.html").write_text(html, encoding="utf-8")
    for write in (junit, ctrf, findings_csv, actions_csv, markdown):
        began = time.perf_counter()
        text = write(results.summary, results.results)
        print(f"{write.__name__:<14} {time.perf_counter() - began:6.2f} s {len(text.encode()) / 1e6:7.2f} MB")


def _opened(file: Path, repeat: int) -> None:
    """Open the report several times in new tabs, and print the median and the largest of each figure."""
    names = ("chromium", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    found = next((path for name in names if (path := shutil.which(name))), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    figures: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, chromium_sandbox=not root)
        for _ in range(repeat):
            context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
            page = context.new_page()
            page.goto(file.as_uri())
            _measure(page, figures)
            context.close()
        browser.close()
    for name, values in figures.items():
        unit = "MB" if "memory" in name else "ms"
        print(f"{name:<42}{statistics.median(values):7.0f} {unit}   at most {max(values):5.0f} {unit}")


def _measure(page: Page, figures: dict[str, list[float]]) -> None:
    figures.setdefault("first paint", []).append(page.evaluate(PAINTED))
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    figures.setdefault("table ready for use", []).append(ready)
    for name, what, value in ACTIONS:
        took, _rows, _height = page.evaluate(MEASURED, [what, value])
        figures.setdefault(name, []).append(took)
    memory = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize / 1e6 : 0")
    figures.setdefault("memory of the script", []).append(memory)


if __name__ == "__main__":
    main()

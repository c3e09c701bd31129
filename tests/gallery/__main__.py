"""Writes the gallery: every kind of report, in both languages, with pictures of it.

There is one of every verdict and of every unusual record, a page for the user, and a comparison of two runs.

`python -m tests.gallery [--out DIR] [--only NAME,…] [--no-pictures]`
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from pathlib import Path

from troubleshooter.locale import LANGUAGES
from troubleshooter.report import STYLE_FILE, render, style_file
from troubleshooter.report.outputs import user_page

from ..report.outcomes import SAMPLES
from ..report.samples import START, Folder
from ..report.two_runs.pages import page_of, stored_run
from ..report.unusual import UNUSUAL
from .pictures import SHOTS, photograph

Pages = Callable[[str], str]
"""Returns a page in a language."""


def _report(name: str, path: Path) -> Pages:
    folder = Folder(path)
    record = (SAMPLES | UNUSUAL)[name](folder)
    (path / STYLE_FILE).write_text(style_file(), encoding="utf-8")
    return lambda lang: render(record, path, lang=lang)


def _user_page(name: str, path: Path) -> Pages:
    record = SAMPLES[name.removeprefix("for-the-user-")](Folder(path))
    return lambda lang: user_page(record, path, lang=lang, zone=UTC)


def _two_runs(_: str, path: Path) -> Pages:
    path.mkdir(parents=True)
    later = START + timedelta(hours=24)
    runs = (
        stored_run(path / "20261122T104100Z-photo-differs", "out-of-sync"),
        stored_run(path / "20261123T104100Z-photo-differs", "rechecked", started=later),
    )
    return lambda lang: page_of(*runs, lang)


ALL: Mapping[str, Callable[[str, Path], Pages]] = {
    **dict.fromkeys(SAMPLES | UNUSUAL, _report),
    **dict.fromkeys([f"for-the-user-{name}" for name in ("in-sync", "out-of-sync", "no-photo", "refused")], _user_page),
    "two-runs": _two_runs,
}
"""What the gallery shows, each with what writes its files into a folder and returns its pages."""


def write(out: Path, names: list[str]) -> list[Path]:
    """Write the pages of `names` below `out`, each with its evidence; return their paths."""
    written = []
    for name in names:
        pages = ALL[name](name, out / name)
        for lang in LANGUAGES:
            file = out / name / f"{lang}.html"
            file.write_text(pages(lang), encoding="utf-8")
            written.append(file)
    return written


def index(out: Path, names: list[str]) -> Path:
    """Write a page with a link to each report and, where there are pictures, its first screens; return its path."""
    rows = []
    for name in names:
        links = " ".join(f'<a href="{name}/{lang}.html">{lang}</a>' for lang in LANGUAGES)
        shown = [f"{name}/{lang}-{shot}.png" for lang in LANGUAGES for shot in SHOTS]
        pictures = "".join(
            f'<a href="{path}"><img src="{path}" alt="{path}" height="240"></a>'
            for path in shown
            if (out / path).exists()
        )
        rows.append(f"<h2>{name}</h2><p>{links}</p><p>{pictures}</p>")
    page = out / "index.html"
    page.write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Gallery</title><h1>Gallery</h1>{''.join(rows)}",
        encoding="utf-8",
    )
    return page


def main() -> None:
    """Write the gallery, and print the path of its index."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=Path("dist/gallery"))
    asked.add_argument("--only", default=",".join(ALL))
    asked.add_argument("--no-pictures", action="store_true")
    given = asked.parse_args()
    names = given.only.split(",")
    reports = write(given.out, names)
    if not given.no_pictures:
        asyncio.run(photograph(reports))
    print(index(given.out, names))


if __name__ == "__main__":
    main()

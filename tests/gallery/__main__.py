"""Writes the gallery: every verdict and every unusual record as a report, in both languages, with pictures of it.

`python -m tests.gallery [--out DIR] [--only NAME,…] [--no-pictures]`
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from troubleshooter.locale import LANGUAGES
from troubleshooter.report import STYLE_FILE, render, style_file

from ..report.outcomes import SAMPLES
from ..report.samples import Folder
from ..report.unusual import UNUSUAL
from .pictures import SHOTS, photograph

ALL = SAMPLES | UNUSUAL


def write(out: Path, names: list[str]) -> list[Path]:
    """Write the reports of `names` below `out`, each with its evidence; return their paths."""
    written = []
    for name in names:
        folder = Folder(out / name)
        record = ALL[name](folder)
        (folder.path / STYLE_FILE).write_text(style_file(), encoding="utf-8")
        for lang in LANGUAGES:
            file = folder.path / f"{lang}.html"
            file.write_text(render(record, folder.path, lang=lang), encoding="utf-8")
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

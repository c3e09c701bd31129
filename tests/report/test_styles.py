"""All pages have the same colors and scale, which are defined in one file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import troubleshooter.report
from troubleshooter.report import index, render, style_file, two_runs
from troubleshooter.report.comparison import render_comparison
from troubleshooter.report.many import render as many
from troubleshooter.run.two_runs import two_runs as compared

from ..batch.made import result
from ..batch.stored import stored
from .two_runs.pages import stored_run

FOLDER = Path(troubleshooter.report.__file__).parent
TOKENS = FOLDER / "tokens.css"
SHEETS = sorted(path for path in FOLDER.rglob("*.css") if path != TOKENS)
_PRINT = re.compile(r"@media print \{\n  :root \{.*?\}", re.DOTALL)


def defined(style: str) -> set[str]:
    """Return the names that a style gives to colors and sizes for the whole page."""
    return set(re.findall(r"--[\w-]+(?=:)", " ".join(re.findall(r":root \{(.*?)\}", style, re.DOTALL))))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_no_other_style_sheet_defines_them(sheet: Path):
    """Only paper has colors of its own."""
    assert set() == defined(_PRINT.sub("", sheet.read_text(encoding="utf-8")))


def test_what_the_style_sheets_use_is_defined():
    """Every name is defined, by a style sheet or by a script that moves something."""
    styles = " ".join(path.read_text(encoding="utf-8") for path in (TOKENS, *SHEETS))
    scripts = " ".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.js"))
    used = set(re.findall(r"var\((--[\w-]+)", styles))
    assert set() == {name for name in used if f"{name}:" not in styles and f'"{name}"' not in scripts}
    assert {"--paper", "--ink", "--small", "--large"} <= used & defined(TOKENS.read_text(encoding="utf-8"))


def test_both_schemes_have_every_color():
    """Each color of the light scheme has its counterpart in the dark one."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    colors = set(re.findall(r"(--[\w-]+): #", light))
    assert len(colors) >= 10
    assert colors == defined(dark)


def test_every_page_loads_them(tmp_path: Path):
    """They come first in the style of each page, and in the file beside a report."""
    from troubleshooter.batch.stored_run import read_run  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import RunFolder  # noqa: PLC0415

    one = stored_run(tmp_path / "one", "in-sync")
    record = RunFolder(one).read_record()
    several = read_run(stored(tmp_path / "many", [result(1)]))
    pages = {
        "report": render(record, one),
        "many": many(several.summary, several.results, tmp_path / "many"),
        "index": index.render((), datetime.now(UTC)),
        "comparison": render_comparison("same", "", (), ()),
        "two runs": two_runs.render(compared((one, one), (record, record), ())),
        "file": f"<style>{style_file()}",
    }
    tokens = TOKENS.read_text(encoding="utf-8")
    for name, page in pages.items():
        style = page[page.index("<style>") + len("<style>") :].lstrip()
        assert style.startswith(tokens), name

"""Renders the comparison of two runs of one user: one HTML file that opens offline, wherever it is put."""

from __future__ import annotations

from pathlib import Path

from troubleshooter.report.document import environment, policy, style_of
from troubleshooter.report.two_runs.page import StoredRun, TwoRuns, two_runs_page

__all__ = ["StoredRun", "TwoRuns", "render"]

_HERE = Path(__file__).parent
_FOLDERS = (_HERE / "templates", _HERE.parent / "templates")


def render(runs: TwoRuns, *, lang: str = "en") -> str:
    """Return the comparison of `runs` as one HTML file, with its pictures and without a script.

    Args:
        runs: what the runs saw, and what became of each place; nothing is judged here.
        lang: the page's language, `en` or `ro`.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    style = style_of(_HERE.parent / "style.css", _HERE / "style.css")
    return (
        environment(lang, *_FOLDERS)
        .get_template("two_runs.html")
        .render(page=two_runs_page(runs, lang), style=style, policy=policy(style, "", "data:"))
    )

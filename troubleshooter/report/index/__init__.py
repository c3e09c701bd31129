"""Renders the list of runs in a folder of reports: one HTML file that opens offline and can be read without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from troubleshooter.model.index_records import RunEntry
from troubleshooter.report.document import environment, own_file, policy, style_of
from troubleshooter.report.index.page import index_page

__all__ = ["render"]

_HERE = Path(__file__).parent


def render(runs: Sequence[RunEntry], now: datetime, *, lang: str = "en") -> str:
    """Return the list of `runs`, the newest first, to be written as `index.html` of the folder that has them.

    Args:
        now: when the list is written, from which it says what is due; with scripts, the reader's clock does.
        lang: the list's language, `en` or `ro`.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    style, script = style_of(_HERE / "style.css"), own_file(_HERE / "script.js")
    return (
        environment(lang, _HERE / "templates", _HERE.parent / "templates")
        .get_template("index.html")
        .render(page=index_page(runs, now, lang), style=style, script=script, policy=policy(style, script, "'none'"))
    )

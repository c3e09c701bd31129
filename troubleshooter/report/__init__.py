"""Renders the evidence report: a record and its pictures as one HTML file that opens offline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.records import Record
from troubleshooter.report.document import environment, own_file, policy, style_of
from troubleshooter.report.page import report_page

__all__ = ["STYLE_FILE", "make_ready", "render", "style_file"]

STYLE_FILE = "report.css"
"""Name of the file beside the report that contains the report's style."""

_SCRIPTS = ("script.js", "comparing.js", "viewer.js")
_HERE = Path(__file__).parent


def render(record: Record, folder: Path, *, lang: str = "en", discrepancies: Sequence[Discrepancy] = ()) -> str:
    """Return the report of `record` as one self-contained HTML file.

    Args:
        record: what the run saw and concluded; nothing is judged again.
        folder: the run's folder; the paths of the record's pictures are relative to it.
        lang: the report's language, `en` or `ro`.
        discrepancies: the files that are not as the run left them; the report lists them at its top.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    style, script = style_of(_HERE / "style.css"), _script()
    page = report_page(record, folder, lang, discrepancies)
    return (
        environment(lang, _HERE / "templates")
        .get_template("report.html")
        .render(
            page=page,
            style=style,
            style_file=STYLE_FILE,
            script=script,
            policy=policy(style, script, "'self' data:", page.picture_style, beside=True),
        )
    )


def _script() -> Markup:
    return Markup("").join(own_file(_HERE / name) for name in _SCRIPTS)


def style_file() -> str:
    """Return the report's style, to be written beside it: some servers refuse the one inside the report."""
    return style_of(_HERE / "style.css")


def make_ready(lang: str) -> None:
    """Compile the templates in `lang`, which takes longer than rendering them."""
    templates = environment(lang, _HERE / "templates")
    for name in templates.list_templates():
        templates.get_template(name)

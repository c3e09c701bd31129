"""Renders the evidence report: a record and its pictures as one HTML file that opens offline."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from troubleshooter.locale import catalogue
from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.records import Record
from troubleshooter.report.page import report_page

__all__ = ["make_ready", "render"]

_FLAG = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")
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
    style, script = _own("style.css"), _own("script.js")
    return (
        _templates(lang)
        .get_template("report.html")
        .render(
            page=report_page(record, folder, lang, discrepancies),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            policy=_policy(style, script),
        )
    )


def make_ready(lang: str) -> None:
    """Compile the templates in `lang`, which takes longer than rendering them."""
    templates = _templates(lang)
    for name in templates.list_templates():
        templates.get_template(name)


@cache
def _templates(lang: str) -> Environment:
    """Return the templates in `lang`, compiled once, because compiling takes longer than rendering."""
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["flags"] = _flags
    templates.globals["_"] = catalogue(lang).gettext
    return templates


def _flags(text: str) -> Markup:
    """Return `text` with each option name kept on one line."""
    return Markup(_FLAG.sub(r'<code class="flag">\1</code>', str(escape(text))))  # noqa: S704 - escaped first


def _own(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows our style, our script and embedded pictures, and nothing else."""
    return (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")

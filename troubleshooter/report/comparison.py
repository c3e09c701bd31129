"""Renders one comparison as a separate page, for `compare --html`."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from troubleshooter.report.document import style_of


@dataclass(frozen=True)
class Panel:
    """One picture on the page."""

    title: str
    png: bytes

    @property
    def src(self) -> str:
        """Return the picture as a `data:` URL, so that the page needs no other file."""
        return "data:image/png;base64," + b64encode(self.png).decode("ascii")


def render_comparison(verdict: str, sentence: str, panels: Sequence[Panel], numbers: Sequence[tuple[str, str]]) -> str:
    """Return an HTML page, which opens offline, with the verdict, the pictures and the numbers behind them."""
    templates = Environment(
        loader=PackageLoader("troubleshooter.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    page = templates.get_template("comparison.html")
    style = style_of(Path(__file__).parent / "comparison.css")
    return page.render(style=style, verdict=verdict, sentence=sentence, panels=panels, numbers=numbers)

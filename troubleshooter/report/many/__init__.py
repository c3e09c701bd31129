"""Renders the report of many users: one HTML file that opens offline, beside the pictures that it shows.

Pictures and the reports of single runs are files beside it, not parts of it: a thousand users with two pictures each
would make it larger than a browser opens with comfort, and the viewers of CI systems that refuse embedded pictures
show files. Without the folder around it, the report still says everything; only pictures and single runs are missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.report.document import environment, own_file, policy, style_of
from troubleshooter.report.many.advice import Adviser
from troubleshooter.report.many.data_block import LARGEST
from troubleshooter.report.many.headline import first_line
from troubleshooter.report.many.links import EvidenceLinks
from troubleshooter.report.many.page import Setting, details_name, many_page, packed_rows
from troubleshooter.report.many.rows import RowWriter
from troubleshooter.report.many.standing import ICONS, LABELS
from troubleshooter.report.many.tally import tally
from troubleshooter.report.many.texts import Texts, shown

__all__ = ["first_line", "render", "user_pages"]

_HERE = Path(__file__).parent
_FOLDERS = (_HERE / "templates", _HERE.parent / "templates")
_PICTURES = "'self'"
"""Where the page may load pictures from: its own folder, or the server that it came from."""


def render(
    summary: Summary, results: Sequence[UserResult], folder: Path, *, lang: str = "en", largest: int = LARGEST
) -> str:
    """Return the report of a run of many users as one HTML file, to be written as `index.html` of `folder`.

    Args:
        summary: the run in numbers; nothing is judged again.
        results: one result per user, in the list's order.
        folder: the run's folder; evidence is linked only if it is in there.
        lang: the report's language, `en` or `ro`.
        largest: characters of the rows above which the report is split; see `user_pages`.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    style = style_of(_HERE.parent / "style.css", _HERE / "style.css")
    script = own_file(_HERE / "script.js")
    return (
        environment(lang, *_FOLDERS)
        .get_template("many.html")
        .render(
            page=many_page(summary, results, Setting(folder, Texts(lang), largest)),
            style=style,
            script=script,
            policy=policy(style, script, _PICTURES),
        )
    )


def user_pages(
    summary: Summary, results: Sequence[UserResult], folder: Path, *, lang: str = "en", largest: int = LARGEST
) -> Iterator[tuple[str, str]]:
    """Yield the pages about single users to which the report links if it would be too large; else nothing.

    Each is a path below `folder` and an HTML document. `largest` has to be what `render` was given.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    texts = Texts(lang)
    writer = RowWriter(texts, Adviser(texts), EvidenceLinks(folder))
    rows = packed_rows(tally(summary, results).entries, writer, largest)
    if rows.block.whole:
        return
    style = style_of(_HERE.parent / "style.css", _HERE / "style.css")
    template = environment(lang, *_FOLDERS).get_template("user.html")
    shared = {"style": style, "policy": policy(style, "", _PICTURES), "lang": texts.catalogue.tag, "icons": ICONS}
    labels = {standing: texts.gettext(label) for standing, label in LABELS.items()}
    place = {"tenant": shown(summary.tenant), "sandbox": summary.sandbox and shown(summary.sandbox)}
    for row in rows.ordered:
        if row.number and row.has_details:
            yield details_name(row), template.render(row=row, labels=labels, **place, **shared)

"""Writes a short page for the person whose photo was checked: the result, what to do, and the two pictures.

It is one file without scripts. What only helpdesk, admins and auditors need is not in it: no account but the user's
own, no pictures of windows, no ticket text, no properties, no files' addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from markupsafe import Markup

from troubleshooter.model.records import Record
from troubleshooter.report.avatars import avatar_groups
from troubleshooter.report.context import report_context
from troubleshooter.report.document import environment, policy, style_of
from troubleshooter.report.first_pair import FirstPictures, first_pictures
from troubleshooter.report.headline import Headline, headline
from troubleshooter.report.outcome_section import outcome_section
from troubleshooter.report.outputs.bounded import bounded
from troubleshooter.report.picture_files import EmbeddedPictures
from troubleshooter.report.user_text import user_text

_REPORT = Path(__file__).parents[1]


@dataclass(frozen=True)
class UserPage:
    """The content of the page."""

    lang: str
    tenant: str
    sandbox: str | None
    date: str
    head: Headline
    first: FirstPictures
    paragraphs: tuple[str, ...]
    """The text for the user; a paragraph may have several lines."""
    run: str


def user_page(record: Record, folder: Path, *, lang: str = "en", zone: tzinfo | None = None) -> str:
    """Return the page as HTML.

    Args:
        folder: the run's folder; the paths of the record's pictures are relative to it.
        zone: the time zone of the times; None for this computer's, which is named with each time.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    style = style_of(_REPORT / "style.css")
    return (
        environment(lang, Path(__file__).parent / "templates", _REPORT / "templates")
        .get_template("user.html")
        .render(page=_page(bounded(record), folder, lang, zone), style=style, policy=policy(style, Markup(), "data:"))
    )


def _page(record: Record, folder: Path, lang: str, zone: tzinfo | None) -> UserPage:
    context = replace(report_context(record, folder, lang), pictures=EmbeddedPictures(folder))
    pictures = first_pictures(context, avatar_groups(context), outcome_section(context), ())
    return UserPage(
        lang=context.wording.catalogue.tag,
        tenant=record.tenant,
        sandbox=record.sandbox,
        date=context.wording.catalogue.moment(record.started, zone=zone),
        head=headline(context),
        first=FirstPictures(tuple(replace(side, href="") for side in pictures.sides)),
        paragraphs=tuple(user_text(context, zone).strip().split("\n\n")),
        run=record.id,
    )

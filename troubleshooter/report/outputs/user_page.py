"""Writes a short page for the person whose photo was checked: the result, what to do, and the two pictures.

It is one file without scripts. It leaves out what only helpdesk, admins and auditors need: other accounts, pictures of
windows, the ticket text, properties, and the URLs of pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from markupsafe import Markup

from troubleshooter.locale import N_
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.records import Record
from troubleshooter.report.avatars import avatar_groups
from troubleshooter.report.context import ReportContext, report_context
from troubleshooter.report.document import environment, policy, style_of
from troubleshooter.report.first_pair import FirstPictures, first_pictures
from troubleshooter.report.headline import Headline, headline
from troubleshooter.report.outcome_section import outcome_section
from troubleshooter.report.outputs.bounded import bounded
from troubleshooter.report.picture_files import EmbeddedPictures
from troubleshooter.report.user_outcomes import OUTCOMES
from troubleshooter.report.user_text import user_text

_REPORT = Path(__file__).parents[1]
_HEADINGS: Mapping[Verdict, str] = {
    Verdict.IN_SYNC: N_("Your photo is in sync"),
    Verdict.OUT_OF_SYNC: N_("Your photo is out of sync"),
    Verdict.NO_PHOTO: N_("You have no photo"),
    Verdict.INCONCLUSIVE: N_("It is not certain whether your photo is in sync"),
    Verdict.STOPPED: N_("Your photo could not be checked"),
}
"""The result in the second person, as keys of the catalogues."""


@dataclass(frozen=True)
class UserPage:
    """The content of the page."""

    lang: str
    tenant: str
    sandbox: str | None
    subject: str
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
    head = headline(context)
    pictures = first_pictures(context, avatar_groups(context), outcome_section(context), ())
    return UserPage(
        lang=context.wording.catalogue.tag,
        tenant=record.tenant,
        sandbox=record.sandbox,
        subject=record.subject,
        date=context.wording.catalogue.moment(record.started, zone=zone),
        head=replace(head, sentence=_sentence(context) or head.sentence),
        first=FirstPictures(tuple(replace(side, href="") for side in pictures.sides)),
        paragraphs=tuple(user_text(context, zone).strip().split("\n\n")),
        run=record.id.partition("-")[0],
    )


def _sentence(context: ReportContext) -> str:
    """Return the result, said to the user; empty for a scenario or a reason that has no such text."""
    record, _ = context.record, context.wording.gettext
    if record.outcome is not None:
        known = OUTCOMES.get((record.scenario, str(record.outcome)))
        return _(known[0]).rstrip(".") if known else ""
    return "" if record.reason is Reason.USER_NOT_FOUND else _(_HEADINGS[record.verdict])

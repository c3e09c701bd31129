"""Computes what every form of a report repeats: the result, why, what to do, who, when, and which run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.locale import Catalogue, catalogue, fill
from troubleshooter.model.enums import MatchVerdict
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record
from troubleshooter.report.avatar_figures import comparison_text
from troubleshooter.report.diagnoses import DiagnosisText
from troubleshooter.report.labels import SOURCES, kind_of
from troubleshooter.report.many.texts import cut
from troubleshooter.report.outputs.bounded import bounded
from troubleshooter.report.page import ReportPage, report_page
from troubleshooter.report.wording import Wording, page_name, sentence

LONGEST_TICKET = 16_000
"""Characters of the ticket's text that are repeated."""
_CHANGES = 3
"""How many changes the first line names."""


@dataclass(frozen=True)
class Place:
    """One place that showed the subject, and how it compares with the reference."""

    name: str
    page: str
    """The page's name; empty outside the given pages."""
    store: str
    result: str
    """`same` or `different`, or what it is that could not be compared."""
    numbers: str
    """The distance and its limit; empty if nothing was measured."""
    tone: str
    """`good`, `bad`, `open`, or `reference`."""
    shot: str | None
    """Path of its picture."""


@dataclass(frozen=True)
class Digest:
    """A run in a few texts, in one language, every one of bounded length."""

    record: Record
    catalogue: Catalogue
    page: ReportPage
    first_line: str
    """The result, or what changed since the last conclusive run."""
    where: str
    """The tenant, and that it is a sandbox if it is one."""
    places: tuple[Place, ...]
    """The reference first, then what differs from it, what could not be compared, and what agrees."""
    ticket: str

    @property
    def causes(self) -> tuple[DiagnosisText, ...]:
        """Return the diagnoses, the best first."""
        return self.page.diagnoses

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what to do, who acts, how long it takes, when to check again, about whom and in which run."""
        _, action = self.catalogue.gettext, self.page.head.action
        rows = (
            (_("What to do"), action.what),
            (_("Who"), action.who),
            (_("Wait"), action.wait),
            (_("Check again after"), action.again.utc if action.again else ""),
            (_("User"), self.record.subject),
            (_("Checked"), self.page.date.utc),
            (_("Ticket"), self.record.ticket or ""),
            (_("Run"), self.record.id),
        )
        return tuple((label, text) for label, text in rows if text)

    @property
    def agreement(self) -> str:
        """Return how many of the compared places show the same photo as the reference; empty if none was compared."""
        compared = [place for place in self.places if place.tone in ("good", "bad")]
        if not compared:
            return ""
        same = sum(place.tone == "good" for place in compared)
        said = self.catalogue.ngettext(
            "{same} of {count} place compared shows the same photo as the reference.",
            "{same} of {count} places compared show the same photo as the reference.",
            len(compared),
        )
        return fill(said, {"same": str(same), "count": str(len(compared))})


def digest(record: Record, folder: Path, lang: str) -> Digest:
    """Return `record` in a few texts of bounded length.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    record = bounded(record)
    said, page = catalogue(lang), report_page(record, folder, lang, ())
    view, wording = RecordView(record), Wording(said, record)
    return Digest(
        record=record,
        catalogue=said,
        page=page,
        first_line=_first_line(view, page, said, wording),
        where=_where(record, said),
        places=tuple(sorted(_places(view, wording), key=lambda place: _RANKS[place.tone])),
        ticket=cut(page.ticket_text, LONGEST_TICKET),
    )


_RANKS = {"reference": 0, "bad": 1, "open": 2, "good": 3}


def _first_line(view: RecordView, page: ReportPage, said: Catalogue, wording: Wording) -> str:
    record, known = view.record, view.record.last_known
    result = f"[{page.head.word}] {page.head.sentence}"
    if not record.changes or known is None or not view.tells:
        return result
    changes = "; ".join(wording.say(change).rstrip(".") for change in record.changes[:_CHANGES])
    more = len(record.changes) - _CHANGES
    changes += f" (+{more})" if more > 0 else ""
    changed = fill(
        said.gettext("Changed since {time}: {changes}."), {"time": said.moment(known.finished), "changes": changes}
    )
    return f"{result}. {changed}"


def _where(record: Record, said: Catalogue) -> str:
    if record.sandbox is None:
        return record.tenant
    _ = said.gettext
    return f"{record.tenant} · {_('sandbox')}: {record.sandbox} · {_('a simulation, not a real tenant')}"


def _places(view: RecordView, wording: Wording) -> Iterator[Place]:
    record, _ = view.record, wording.gettext
    if record.expected is not None:
        name = sentence(_("the expected photo"))
        yield Place(name, "", record.expected.name, _("Reference"), "", "reference", record.expected.shot)
    for index, sighting in enumerate(record.sightings):
        if not view.shows_subject(sighting):
            continue
        row = view.with_reference(index)
        text = comparison_text(row[1], row[0], wording) if row else None
        reference = index == record.reference
        result = text.word if text else _("Reference") if reference else _(kind_of(sighting))
        numbers = ""
        if text and text.distance:
            numbers = f"{text.distance} ({_('same up to')} {text.limit})"
        if text and text.what:
            result = f"{result}: {text.what}"
        yield Place(
            name=sentence(wording.surface(sighting.surface)),
            page=page_name(sighting.page_url) if sighting.page is not None else "",
            store=_(SOURCES[sighting.source]),
            result=result,
            numbers=numbers,
            tone="reference" if reference else _TONES[row[1].verdict] if row else "open",
            shot=sighting.shot,
        )


_TONES = {MatchVerdict.SAME: "good", MatchVerdict.DIFFERENT: "bad", MatchVerdict.UNDETERMINED: "open"}

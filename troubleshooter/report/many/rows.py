"""Builds what the report says about each user: the cells of a row, and what opening the row shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from troubleshooter.locale import N_
from troubleshooter.model.batch_records import Acceptance, ChangedSince, Depth, UserResult
from troubleshooter.report.many.advice import Advice, Adviser
from troubleshooter.report.many.links import EvidenceLinks
from troubleshooter.report.many.standing import GOOD, Entry, Standing, copy_only
from troubleshooter.report.many.texts import Texts, cut, shown
from troubleshooter.report.reason_texts import REASONS

CHANGES: dict[ChangedSince, str] = {
    ChangedSince.NEW: N_("New"),
    ChangedSince.FIXED: N_("Fixed"),
    ChangedSince.STILL: N_("Still"),
    ChangedSince.CHANGED: N_("Changed"),
    ChangedSince.ACCEPTED: N_("Accepted"),
}
DEPTHS: dict[Depth, str] = {Depth.QUICK: N_("Quick check, of pictures only"), Depth.FULL: N_("Full check")}


class Mark(StrEnum):
    """What is worth knowing about a result beside its standing."""

    EXPIRED = "expired"
    FLAKY = "flaky"
    COPY_ONLY = "copy-only"


MARKS: dict[Mark, str] = {
    Mark.EXPIRED: N_("Acceptance expired"),
    Mark.FLAKY: N_("Flaky"),
    Mark.COPY_ONLY: N_("Copy only"),
}
COPY_ONLY = N_(
    "Only SharePoint’s copy was compared with the source. No page that shows this user was checked, so what pages "
    "show is not known."
)
FLAKY = N_("Two checks of this user disagreed. The full check counts.")
_LOST = N_("Evidence of this result is not in this folder.")
_SHORT = 160
"""Characters of a sentence within a row; opening the row shows all of it."""


@dataclass(frozen=True)
class Row:
    """What the report says about one user. All texts are in the report's language, and safe to show."""

    number: int
    """The position in the list, from 1; 0 for a user without a result."""
    upn: str
    name: str
    standing: Standing
    change: ChangedSince | None
    marks: tuple[Mark, ...]
    advices: tuple[Advice, ...]
    """What to do, the likeliest cause first; for an accepted user, what is accepted."""
    title: str
    """Why the user is not in sync, in a few words."""
    note: str
    sentences: tuple[str, ...]
    """What was seen, or what was in the way, and how much that says."""
    report: str | None
    """The URL of the report of the user's own run."""
    reference: str | None
    """The URL of the picture at the source."""
    copy: str | None
    """The URL of SharePoint's picture."""
    facts: tuple[tuple[str, str], ...]

    @property
    def group(self) -> str:
        """Return the key under which the user is counted among the causes; empty if nobody needs to act."""
        return self.advices[0].key if self.advices and self.standing not in GOOD else ""

    @property
    def has_details(self) -> bool:
        """Return whether there is evidence or an explanation beyond the row itself."""
        return self.standing is not Standing.IN_SYNC or bool(self.sentences or self.report or self.reference)


class RowWriter:
    """Writes rows in one language."""

    def __init__(self, texts: Texts, adviser: Adviser, links: EvidenceLinks) -> None:
        self._texts, self._adviser, self._links = texts, adviser, links
        self._depths = {depth: texts.gettext(said) for depth, said in DEPTHS.items()}

    def row(self, entry: Entry) -> Row:
        """Return the row of one user."""
        result = entry.result
        advices = tuple(self._advices(entry))
        if result is None:
            title = advices[0].title if advices else ""
            return Row(0, shown(entry.upn), "", entry.standing, None, (), advices, title, "", (), None, None, None, ())
        reference, copy = self._links.pictures(result)
        sentences = tuple(self._sentences(entry, result))
        known = result.acceptance if entry.standing is Standing.ACCEPTED else None
        title = self._acceptance(known) if known else (advices[0].title if advices else "")
        return Row(
            number=result.number,
            upn=shown(result.upn),
            name=shown(result.name or ""),
            standing=entry.standing,
            change=result.changed,
            marks=tuple(_marks(entry, result)),
            advices=advices,
            title=cut(title, _SHORT),
            note=cut(sentences[0], _SHORT) if sentences and entry.standing is not Standing.IN_SYNC else "",
            sentences=sentences,
            report=self._links.report(result),
            reference=reference,
            copy=copy,
            facts=tuple(self._facts(result)),
        )

    def _advices(self, entry: Entry) -> Iterator[Advice]:
        main = self._adviser.advice(entry)
        if main is not None:
            yield main
        if entry.result is not None and entry.standing is not Standing.IN_SYNC:
            known = main.key if main else None
            yield from (self._adviser.cause(cause) for cause in entry.result.causes[:5] if cause != known)

    def _sentences(self, entry: Entry, result: UserResult) -> Iterator[str]:
        _ = self._texts.gettext
        if result.note is not None:
            yield self._texts.say(result.note)
        if result.reason is not None and entry.standing is not Standing.IN_SYNC:
            yield _(REASONS[result.reason].explain)
        if copy_only(result):
            yield _(COPY_ONLY)
        if result.flaky:
            yield _(FLAKY)
        if self._links.lost(result):
            yield _(_LOST)

    def _acceptance(self, known: Acceptance) -> str:
        _ = self._texts.gettext
        said = _("Expired on {day}: {why}") if known.expired else _("Accepted until {day}: {why}")
        return self._texts.fill(said, day=self._texts.day(known.until), why=shown(known.reason))

    def _facts(self, result: UserResult) -> Iterator[tuple[str, str]]:
        _, moment = self._texts.gettext, self._texts.catalogue.moment
        if result.acceptance is not None:
            yield _("Known difference"), self._acceptance(result.acceptance)
        if result.score is not None and result.limit is not None:
            score, limit = (self._texts.number(value, 2) for value in (result.score, result.limit))
            yield _("Distance"), self._texts.fill(_("{score}; up to {limit} is the same"), score=score, limit=limit)
        yield _("Checked"), moment(result.finished)
        if result.copied:
            yield _("SharePoint’s copy is from"), moment(result.copied)
        if result.changed_at:
            yield _("Photo changed"), moment(result.changed_at)
        yield _("How"), self._depths[result.depth]
        if result.account:
            yield _("Account"), shown(result.account)
        if result.pages:
            yield _("Pages"), " · ".join(shown(page, 300) for page in result.pages[:5])
        if result.attempts > 1:
            yield _("Attempts"), self._texts.number(result.attempts)


def _marks(entry: Entry, result: UserResult) -> Iterator[Mark]:
    if result.acceptance is not None and result.acceptance.expired and entry.standing is not Standing.ACCEPTED:
        yield Mark.EXPIRED
    if result.flaky:
        yield Mark.FLAKY
    if copy_only(result):
        yield Mark.COPY_ONLY

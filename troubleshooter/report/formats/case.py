"""Describes one user as a test case: what it is called, how it ended, and why, in words that every format repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.report.many.advice import Advice, Adviser
from troubleshooter.report.many.notices import ENDS
from troubleshooter.report.many.rows import COPY_ONLY, FLAKY
from troubleshooter.report.many.standing import LABELS, Entry, Standing, copy_only
from troubleshooter.report.many.tally import Tally, tally
from troubleshooter.report.many.texts import Texts, plain, shown
from troubleshooter.report.reason_texts import REASONS

LONGEST_PATH = 500
"""Characters of a path of evidence that are written."""


@dataclass(frozen=True)
class Case:
    """One user, or a part of the list, as a test case."""

    entry: Entry
    name: str
    """The user, made safe to show."""
    advices: tuple[Advice, ...]
    headline: str
    """How it ended, and why, in one line."""
    lines: tuple[str, ...]
    """What was seen, and what to do, a sentence a line."""
    notes: tuple[str, ...]
    """What is worth knowing about a result, also about a good one."""

    @property
    def result(self) -> UserResult | None:
        """Return the user's result; None if there is none."""
        return self.entry.result

    @property
    def standing(self) -> Standing:
        """Return the user's standing."""
        return self.entry.standing

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]:
        """Return the paths of the evidence, each with what it is: `report`, `reference`, `copy`."""
        if self.result is None:
            return ()
        run = f"{self.result.run}/index.html" if self.result.run else None
        named = (("report", run), ("reference", self.result.reference_shot), ("copy", self.result.copy_shot))
        return tuple((kind, shown(path, LONGEST_PATH)) for kind, path in named if path)


class Cases:
    """The test cases of one run, in one language."""

    def __init__(self, summary: Summary, results: Sequence[UserResult], lang: str) -> None:
        """Describe a run.

        Raises:
            ValueError: there is no such language.
        """
        self.texts = Texts(lang)
        self.tally: Tally = tally(summary, results)
        self.adviser = Adviser(self.texts)

    @cached_property
    def all(self) -> tuple[Case, ...]:
        """Return a case for every user in the list's order, then for those without a result."""
        return tuple(map(self._case, self.tally.entries))

    @property
    def incomplete(self) -> str:
        """Return why the run as a whole says less than its cases; empty if it does not."""
        _, counted = self.texts.gettext, self.tally
        parts = [_(ENDS[counted.summary.ended_by])] if counted.ended_early else []
        unnamed = counted.total - len(counted.entries)
        if unnamed > 0:
            said = self.texts.ngettext("{count} user has no result.", "{count} users have no result.", unnamed)
            parts.append(self.texts.fill(said, count=unnamed))
        if counted.disagrees:
            parts.append(_("The verdicts counted in the summary do not match the results. Do not rely on either."))
        return " ".join(parts)

    def label(self, standing: Standing) -> str:
        """Return the name of a standing."""
        return self.texts.gettext(LABELS[standing])

    def _case(self, entry: Entry) -> Case:
        main = self.adviser.advice(entry)
        causes = entry.result.causes if entry.result and entry.standing is not Standing.IN_SYNC else ()
        known = [self.adviser.cause(cause) for cause in causes[:5]]
        advices = tuple(dict.fromkeys([*([main] if main else []), *known]))
        return Case(
            entry=entry,
            name=shown(entry.upn),
            advices=advices,
            headline=plain(self._headline(entry, advices)),
            lines=tuple(plain(line) for line in self._lines(entry, advices)),
            notes=tuple(plain(note) for note in self._notes(entry)),
        )

    def _headline(self, entry: Entry, advices: Sequence[Advice]) -> str:
        label = self.label(entry.standing)
        if entry.standing is Standing.ACCEPTED:
            return f"{label}: {self._acceptance(entry)}"
        return f"{label}: {titled(advices[0])}" if advices else label

    def _acceptance(self, entry: Entry) -> str:
        known = entry.result.acceptance if entry.result else None
        if known is None:
            return self.texts.gettext("a known difference")
        said = self.texts.gettext("{why} (until {day})")
        return self.texts.fill(said, why=shown(known.reason, 400), day=self.texts.day(known.until))

    def _lines(self, entry: Entry, advices: Sequence[Advice]) -> Iterator[str]:
        _, result = self.texts.gettext, entry.result
        if result and result.note:
            yield self.texts.say(result.note)
        if result and result.reason and entry.standing is not Standing.IN_SYNC:
            yield _(REASONS[result.reason].explain)
        for advice in advices:
            yield titled(advice)
            for label, text in ((_("What to do"), advice.do), (_("Who"), advice.who), (_("Wait"), advice.wait)):
                if text:
                    yield f"  {label}: {text}"

    def _notes(self, entry: Entry) -> Iterator[str]:
        _, result = self.texts.gettext, entry.result
        if result is None:
            return
        if copy_only(result):
            yield _(COPY_ONLY)
        if result.flaky:
            yield _(FLAKY)
        if result.acceptance and result.acceptance.expired:
            said = _("The acceptance expired on {day}: {why}")
            known = result.acceptance
            yield self.texts.fill(said, day=self.texts.day(known.until), why=shown(known.reason, 400))


def titled(advice: Advice) -> str:
    """Return the title of a cause with its id, or of a reason."""
    return f"{advice.key} {advice.title}" if advice.cause else advice.title

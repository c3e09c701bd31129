"""Computes everything that the list of runs shows; the template only lays it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.locale import N_, Catalogue, catalogue, fill
from troubleshooter.model.enums import CONCLUSIVE, Reason, Verdict
from troubleshooter.model.index_records import RunEntry
from troubleshooter.model.scalars import rfc3339
from troubleshooter.redaction.printable import printable
from troubleshooter.report.labels import ICONS, TONES, VERDICTS
from troubleshooter.report.reason_texts import REASONS
from troubleshooter.report.wording import Moment, sentence

MOST = 2000
"""Rows in the file: as many as a browser filters without a pause."""
_LONGEST, _LONGEST_NAME = 120, 60
"""Characters of a text that are shown."""
_KINDS = {
    "photo-differs": N_("Profile photo check"),
    "add-photo": N_("Adding a profile photo"),
    "resync-photo": N_("Synchronizing a profile photo again"),
    "verify": N_("Check of many users"),
}


@dataclass(frozen=True)
class IndexRow:
    """A run, as the list shows it."""

    href: str
    """The URL of its report; empty if it has none."""
    began: Moment
    day: str
    """The day on which it began, in UTC, by which the list is filtered."""
    kind: str
    who: str
    """The user's name, or how many users were checked."""
    user: str
    """The user's address; empty for many."""
    verdicts: tuple[str, ...]
    label: str
    icon: str
    counts: tuple[tuple[str, str], ...]
    """Of many users: each verdict, and how many have it."""
    causes: tuple[str, ...]
    why: str
    again: Moment | None
    """When to check again; None if a later run already did, or if the record does not say."""
    due: bool
    """Whether that time has passed."""
    tenant: str
    sandbox: str
    ticket: str


@dataclass(frozen=True)
class Choice:
    """A value that the list can be filtered by."""

    value: str
    label: str
    runs: int


@dataclass(frozen=True)
class IndexPage:
    """The content of the list."""

    lang: str
    summary: str
    written: Moment
    left_out: str
    """What is said of runs that the list leaves out; empty if there are none."""
    rows: tuple[IndexRow, ...]
    verdicts: tuple[Choice, ...]
    causes: tuple[Choice, ...]
    users: tuple[str, ...]
    due: int


def index_page(runs: Sequence[RunEntry], now: datetime, lang: str) -> IndexPage:
    """Return the list of `runs`, which are ordered by time, the newest first."""
    writer = _RowWriter(catalogue(lang), now)
    rows = tuple(writer.row(run, followed=followed) for run, followed in _followed(runs[:MOST]))
    _ = writer.gettext
    said = writer.catalogue.ngettext("{count} run", "{count} runs", len(runs))
    left = _("These are the newest {shown}. All of them are in {all}.") if len(runs) > MOST else ""
    return IndexPage(
        lang=writer.catalogue.tag,
        summary=fill(said, {"count": writer.catalogue.number(len(runs), 0)}),
        written=writer.moment(now),
        left_out=fill(left, {"shown": writer.catalogue.number(MOST, 0), "all": "index.json"}),
        rows=rows,
        verdicts=tuple(_verdict_choices(rows, writer)),
        causes=tuple(_cause_choices(rows, writer)),
        users=tuple(sorted({row.user for row in rows if row.user})),
        due=sum(row.due for row in rows),
    )


def _followed(runs: Sequence[RunEntry]) -> Iterator[tuple[RunEntry, bool]]:
    """Yield each run, and whether a newer one of the same user has seen what it waits for."""
    seen: set[tuple[str, str]] = set()
    for run in runs:
        whom = (run.tenant, run.subject.lower())
        yield run, whom in seen
        if not run.many and (run.verdict in CONCLUSIVE or run.again):
            seen.add(whom)


def _verdict_choices(rows: Sequence[IndexRow], writer: _RowWriter) -> Iterator[Choice]:
    found = Counter(verdict for row in rows for verdict in row.verdicts)
    for verdict, label in VERDICTS.items():
        if found[verdict.value]:
            yield Choice(verdict.value, writer.gettext(label), found[verdict.value])


def _cause_choices(rows: Sequence[IndexRow], writer: _RowWriter) -> Iterator[Choice]:
    found = Counter(cause for row in rows for cause in row.causes)
    for cause, runs in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        yield Choice(cause, writer.cause(cause), runs)


class _RowWriter:
    """Writes rows in one language. Texts of the records are shown as they are, or not at all."""

    def __init__(self, texts: Catalogue, now: datetime) -> None:
        self.catalogue = texts
        self.gettext = texts.gettext
        self._now = now

    def row(self, run: RunEntry, *, followed: bool) -> IndexRow:
        """Return the row of a run."""
        verdict = run.verdict
        again = run.again if run.again and not followed else None
        return IndexRow(
            href=f"{quote(run.folder, safe='')}/index.html" if run.report else "",
            began=self.moment(run.started),
            day=rfc3339(run.started)[:10],
            kind=self.gettext(_KINDS[run.scenario]) if run.scenario in _KINDS else _shown(run.scenario),
            who=self._users(run.total) if run.many else _shown(run.name, _LONGEST_NAME),
            user=_shown(run.subject),
            verdicts=tuple(sorted(found.value for found in Verdict if run.verdicts.get(found.value)))
            or (verdict.value,),
            label=self.gettext(VERDICTS[verdict]),
            icon=ICONS.get(verdict, TONES[verdict]),
            counts=tuple(self._counts(run)) if run.many else (),
            causes=tuple(_shown(cause) for cause in run.causes),
            why=self._why(run),
            again=self.moment(again) if again else None,
            due=again is not None and again <= self._now,
            tenant=_shown(run.tenant),
            sandbox=_shown(run.sandbox or ""),
            ticket=_shown(run.ticket or ""),
        )

    def moment(self, at: datetime) -> Moment:
        """Return `at` to be shown with its date."""
        text = self.catalogue.moment(at)  # writing dates is what takes longest in a long list
        return Moment(rfc3339(at), text, text)

    def cause(self, id_: str) -> str:
        """Return what a cause is; its id if it is none of this version."""
        return sentence(self.catalogue.say(CAUSES[id_].title)) if id_ in CAUSES else _shown(id_)

    def _users(self, count: int) -> str:
        said = self.catalogue.ngettext("{count} user checked", "{count} users checked", count)
        return fill(said, {"count": self.catalogue.number(count, 0)})

    def _counts(self, run: RunEntry) -> Iterator[tuple[str, str]]:
        for verdict, label in VERDICTS.items():
            if number := run.verdicts.get(verdict.value):
                yield self.gettext(label), self.catalogue.number(number, 0)

    def _why(self, run: RunEntry) -> str:
        if run.causes:
            return " · ".join(self.cause(cause) for cause in run.causes[:2])
        if run.reason:
            known = run.reason in frozenset(Reason)
            return sentence(self.gettext(REASONS[Reason(run.reason)].name)) if known else _shown(run.reason)
        return ""


def _shown(text: str, longest: int = _LONGEST) -> str:
    """Return a text of a record in one line, with nothing in it that deceives a reader."""
    return printable(text if len(text) <= longest else f"{text[: longest - 1]}…")

"""Computes everything that the comparison of two runs shows; the template only lays it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from troubleshooter.locale import fill
from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.message import message
from troubleshooter.model.place_changes import Became, PlaceChange
from troubleshooter.model.records import Change, Record
from troubleshooter.report.context import ReportContext, report_context
from troubleshooter.report.headline import Advice, Headline, headline
from troubleshooter.report.page import heading
from troubleshooter.report.picture_files import EmbeddedPictures
from troubleshooter.report.two_runs.places import PlaceGroup, place_groups
from troubleshooter.report.wording import Moment, bounded, sentence

_CHANGES = frozenset({Became.NEW, Became.CHANGED, Became.FIXED, Became.ONLY_IN_A, Became.ONLY_IN_B})


@dataclass(frozen=True)
class StoredRun:
    """One of the two runs."""

    record: Record
    folder: Path
    discrepancies: tuple[Discrepancy, ...]
    """The files that are not as the run left them."""


@dataclass(frozen=True)
class TwoRuns:
    """Two runs of the same user, and what has changed from the first to the second."""

    a: StoredRun
    b: StoredRun
    places: tuple[PlaceChange, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class RunText:
    """One of the two runs, as the page names it."""

    letter: str
    heading: str
    head: Headline
    began: Moment
    id: str
    sandbox: str
    ticket: str
    conclusive: bool
    cause: str
    """The id and the title of the most likely cause; empty if there is none."""
    discrepancies: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TwoRunsPage:
    """The content of the page."""

    lang: str
    title: str
    tenant: str
    who: str
    sandboxes: tuple[str, ...]
    runs: tuple[RunText, RunText]
    reversed: bool
    """Whether the first run is the later one."""
    counts: str
    """What became of how many places; empty if nothing is compared."""
    advice: Advice
    """What the later run says is to be done."""
    groups: tuple[PlaceGroup, ...]
    changes: tuple[str, ...]
    """What has changed besides the places."""
    unchanged: bool
    """Whether nothing at all has changed."""


def two_runs_page(runs: TwoRuns, lang: str) -> TwoRunsPage:
    """Return the comparison of two runs in `lang`."""
    a, b = contexts = _context(runs.a, lang), _context(runs.b, lang)
    compared = a.view.tells and b.view.tells
    groups = place_groups(runs.places, contexts)
    later = max(contexts, key=lambda context: context.record.started)
    others = [change for change in runs.changes if change.what not in ("surface", "verdict")]
    return TwoRunsPage(
        lang=b.wording.catalogue.tag,
        title=_title(runs, b) if compared else b.wording.gettext("These checks cannot be compared"),
        tenant=bounded(b.record.tenant),
        who=_who(b.record),
        sandboxes=tuple(dict.fromkeys(filter(None, map(_sandbox, contexts)))),
        runs=(_run("A", runs.a, a), _run("B", runs.b, b)),
        reversed=a.record.started > b.record.started,
        counts=" · ".join(f"{group.word}: {group.count}" for group in groups) if compared else "",
        advice=headline(later).action,
        groups=groups,
        changes=tuple(sentence(b.wording.say(change)) for change in others),
        unchanged=compared and not runs.changes and not any(place.became in _CHANGES for place in runs.places),
    )


def _context(run: StoredRun, lang: str) -> ReportContext:
    return replace(report_context(run.record, run.folder, lang), pictures=EmbeddedPictures(run.folder))


def _title(runs: TwoRuns, b: ReportContext) -> str:
    changed = next((change for change in runs.changes if change.what == "verdict"), None)
    said = changed or message("Verdict in both checks: {verdict}", verdict=b.record.verdict.value)
    return b.wording.say(said)


def _who(record: Record) -> str:
    name, address = bounded(record.subject_name or ""), bounded(record.subject)
    return f"{name} · {address}" if name and name != address else address


def _run(letter: str, run: StoredRun, context: ReportContext) -> RunText:
    record, wording = context.record, context.wording
    return RunText(
        letter=letter,
        heading=heading(context),
        head=headline(context),
        began=wording.moment(record.started),
        id=bounded(record.id),
        sandbox=_sandbox(context),
        ticket=bounded(record.ticket or ""),
        conclusive=context.view.tells,
        cause=_cause(context),
        discrepancies=tuple(_wrong(run, context)),
    )


def _cause(context: ReportContext) -> str:
    first = next(iter(context.record.diagnoses), None)
    return f"{bounded(first.cause)} · {context.wording.gettext(first.title)}" if first else ""


def _sandbox(context: ReportContext) -> str:
    sandbox = context.record.sandbox
    said = context.wording.gettext("sandbox")
    return "" if sandbox is None else fill("{said}: {sandbox}", {"said": said, "sandbox": bounded(sandbox)})


def _wrong(run: StoredRun, context: ReportContext) -> Iterator[tuple[str, str]]:
    for wrong in run.discrepancies:
        yield wrong.file, context.wording.say(wrong)

"""Computes everything that the report of many users shows; the templates only lay it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from troubleshooter.locale import isolate
from troubleshooter.model.batch_records import ChangedSince, Summary, UserResult
from troubleshooter.report.many.advice import Adviser, Group
from troubleshooter.report.many.data_block import DataBlock
from troubleshooter.report.many.headline import Headline, headline
from troubleshooter.report.many.links import EvidenceLinks
from troubleshooter.report.many.notices import Notice, notices
from troubleshooter.report.many.pattern_texts import PatternText, pattern_texts
from troubleshooter.report.many.rows import CHANGES, MARKS, Mark, Row, RowWriter
from troubleshooter.report.many.standing import ICONS, LABELS, WORST_FIRST, Entry, Standing, worst_first
from troubleshooter.report.many.tally import Tally, tally
from troubleshooter.report.many.texts import Texts, shown
from troubleshooter.report.proof import Proof, proof
from troubleshooter.report.wording import Moment

PAGE = 100
"""Rows on one page of the table: as many as are drawn again in less time than a reader notices."""
FIRST = 200
"""Rows that can be read without scripts."""
ALL_RESULTS, FINDINGS, DETAILS = "results.jsonl", "findings.csv", "users"


@dataclass(frozen=True)
class Count:
    """The number of users with one standing, and its share of the bar, in thousandths."""

    standing: Standing
    label: str
    icon: str
    users: str
    start: int
    width: int


@dataclass(frozen=True)
class Choice:
    """A value that the table can be filtered by."""

    value: str
    label: str
    users: int


@dataclass(frozen=True)
class ManyPage:
    """The content of the report of many users."""

    lang: str
    head: Headline
    tenant: str
    sandbox: str | None
    began: Moment
    ended: Moment | None
    ticket: str
    id: str
    notices: tuple[Notice, ...]
    proof: Proof
    counts: tuple[Count, ...]
    patterns: tuple[PatternText, ...]
    groups: tuple[Group, ...]
    filters: dict[str, tuple[Choice, ...]]
    """What the table can be filtered by: `result`, `cause`, `change`, `mark`."""
    first: tuple[Row, ...]
    """The rows that can be read without scripts."""
    remaining: str
    """Where the other rows are, for a reader without scripts; empty if there are none."""
    split: str
    """What is not in this file because it would be too large; empty if everything is."""
    data: Markup
    labels: dict[Standing, str]
    icons: dict[Standing, str]
    changes: dict[ChangedSince, str]
    marks: dict[Mark, str]


@dataclass(frozen=True)
class Rows:
    """The rows of the table, packed."""

    ordered: tuple[Row, ...]
    block: DataBlock


def details_name(row: Row) -> str:
    """Return the path of the page about a user, if what opening the row shows is not in the report itself."""
    return f"{DETAILS}/{row.number:06}.html"


def packed_rows(everybody: Sequence[Entry], writer: RowWriter, largest: int) -> Rows:
    """Return the rows, the worst first, in a block that is whole if its size is not above `largest`."""
    ordered = tuple(map(writer.row, worst_first(everybody)))
    block = DataBlock(whole=True, largest=largest)
    if not all(block.add(row, None) for row in ordered):
        block = DataBlock(whole=False, largest=largest)
        for row in ordered:
            if not block.add(row, details_name(row) if row.number and row.has_details else None):
                break
    return Rows(ordered, block)


@dataclass(frozen=True)
class Setting:
    """Where and how a report is written."""

    folder: Path
    """The run's folder."""
    texts: Texts
    largest: int
    """Characters of the rows in one file."""


def many_page(summary: Summary, results: Sequence[UserResult], setting: Setting) -> ManyPage:
    """Return the report of a run."""
    texts = setting.texts
    counted, adviser, _ = tally(summary, results), Adviser(texts), texts.gettext
    writer = RowWriter(texts, adviser, EvidenceLinks(setting.folder))
    rows = packed_rows(counted.entries, writer, setting.largest)
    groups = tuple(adviser.groups(counted))
    labels = {standing: _(label) for standing, label in LABELS.items()}
    changes = {change: _(label) for change, label in CHANGES.items()}
    marks = {mark: _(label) for mark, label in MARKS.items()}
    return ManyPage(
        lang=texts.catalogue.tag,
        head=headline(counted, texts),
        tenant=shown(summary.tenant),
        sandbox=None if summary.sandbox is None else shown(summary.sandbox),
        began=texts.moment(summary.started),
        ended=texts.moment(summary.ended) if summary.ended else None,
        ticket=shown(summary.ticket or ""),
        id=shown(summary.id),
        notices=notices(counted, texts),
        proof=proof(setting.folder, texts.moment),
        counts=tuple(_counts(counted, labels, texts)),
        patterns=pattern_texts(summary.patterns, adviser, texts),
        groups=groups,
        filters={
            "result": _choices(labels, Counter(row.standing for row in rows.ordered)),
            "cause": tuple(Choice(group.advice.key, isolate(group.advice.title), group.users) for group in groups),
            "change": _choices(changes, Counter(row.change for row in rows.ordered if row.change)),
            "mark": _choices(marks, Counter(mark for row in rows.ordered for mark in row.marks)),
        },
        first=rows.ordered[:FIRST],
        remaining=_remaining(len(rows.ordered), texts),
        split=_split(rows, texts),
        data=rows.block.markup(page=PAGE, **_words(labels, changes, marks)),
        labels=labels,
        icons=ICONS,
        changes=changes,
        marks=marks,
    )


def _words(labels: dict[Standing, str], changes: dict[ChangedSince, str], marks: dict[Mark, str]) -> dict[str, object]:
    """Return the labels that the script needs, in the order in which rows number them."""
    return {
        "standings": [[standing.value, labels[standing], ICONS[standing]] for standing in WORST_FIRST],
        "changes": [["", ""], *([change.value, changes[change]] for change in ChangedSince)],
        "marks": [[mark.value, marks[mark]] for mark in Mark],
    }


def _counts(counted: Tally, labels: dict[Standing, str], texts: Texts) -> Iterator[Count]:
    """Yield the standings that occur, each with its place in a bar of a thousand units."""
    done = 0
    for standing in WORST_FIRST:
        number = counted.counts[standing]
        if number:
            start, end = (round(1000 * share / counted.total) for share in (done, done + number))
            yield Count(standing, labels[standing], ICONS[standing], texts.number(number), start, max(end - start, 3))
            done += number


def _choices(
    labels: dict[Standing, str] | dict[ChangedSince, str] | dict[Mark, str], users: Counter[object]
) -> tuple[Choice, ...]:
    return tuple(Choice(key.value, label, users[key]) for key, label in labels.items() if users[key])


def _remaining(count: int, texts: Texts) -> str:
    if count <= FIRST:
        return ""
    said = texts.gettext(
        "These are the first {shown} of {count} users, the worst first. All of them are in {all}; those who are not in "
        "sync are in {findings}."
    )
    return texts.fill(said, shown=FIRST, count=count, all=ALL_RESULTS, findings=FINDINGS)


def _split(rows: Rows, texts: Texts) -> str:
    """Return what is in other files because this one would be too large."""
    if rows.block.whole:
        return ""
    said = [
        texts.fill(
            texts.gettext(
                "With {count} users this file would be too large. What was seen of each user is therefore in a file of "
                "its own, in the folder {folder}."
            ),
            count=len(rows.ordered),
            folder=DETAILS,
        )
    ]
    if left := len(rows.ordered) - rows.block.rows:
        more = texts.gettext(
            "The table leaves out {count} users, none of them worse than those in it. They are in {all}."
        )
        said.append(texts.fill(more, count=left, all=ALL_RESULTS))
    return " ".join(said)

"""Packs the rows into the compact JSON from which the script of the report makes its table.

A row is a list: number, user, name, standing, change, marks (bits), group, advices, title, note, sentences, report,
reference, copy, facts. Texts that occur in many rows are numbers: positions in `texts`, whose first is empty. Zeros at
the end are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from markupsafe import Markup

from troubleshooter.model.batch_records import ChangedSince
from troubleshooter.report.many.advice import Advice
from troubleshooter.report.many.rows import Mark, Row
from troubleshooter.report.many.standing import WORST_FIRST

LARGEST = 20_000_000
"""Characters of the rows in one file. With its styles, its first screen and its static rows it stays below 25 MB."""
_CHANGES = (None, *ChangedSince)


class DataBlock:
    """The packed rows of one report."""

    def __init__(self, *, whole: bool, largest: int) -> None:
        """Pack what opening a row shows as well if it is `whole`; else a page of its own shows that.

        Args:
            largest: characters up to which rows are taken.
        """
        self.whole = whole
        self._largest = largest
        self.rows = 0
        """The number of rows that were added."""
        self._packed: list[str] = []
        self._size = 0
        self._texts: dict[str, int] = {"": 0}
        self._advices: dict[Advice, int] = {}

    def add(self, row: Row, details: str | None) -> bool:
        """Add a row and return True, or leave it out and return False if the file would get too large.

        Args:
            details: the URL of a page about this user, if there is one; ignored if the block is whole.
        """
        packed = _json(_trimmed(self._row(row, details)))
        if self._size + len(packed) > self._largest:
            return False
        self._size += len(packed)
        self._packed.append(packed)
        self.rows += 1
        return True

    def markup(self, **more: object) -> Markup:
        """Return the JSON with `more` in it, as it may be put into a script element of another type."""
        advices = [asdict(advice) for advice in self._advices]
        head = _json({**more, "whole": self.whole, "advices": advices, "texts": list(self._texts)})
        return Markup(head[:-1] + ',"rows":[' + ",".join(self._packed) + "]}")  # noqa: S704 - no "<" is left in it

    def _row(self, row: Row, details: str | None) -> list[object]:
        marks = sum(1 << number for number, mark in enumerate(Mark) if mark in row.marks)
        short: list[object] = [
            row.number,
            row.upn,
            row.name,
            WORST_FIRST.index(row.standing),
            _CHANGES.index(row.change),
            marks,
            self._advice(row.advices[0]) + 1 if row.group else 0,
            [self._advice(advice) for advice in row.advices[: None if self.whole else 1]],
            self._text(row.title),
        ]
        if not self.whole:
            return [*short, 0, [], details or 0]
        facts = [self._text(text) for fact in row.facts for text in fact]
        sentences = [self._text(text) for text in row.sentences]
        evidence = (row.report or 0, row.reference or 0, row.copy or 0)
        return [*short, self._text(row.note), sentences, *evidence, facts]

    def _text(self, text: str) -> int:
        if text not in self._texts:
            self._texts[text] = len(self._texts)
            self._size += len(text) + 3
        return self._texts[text]

    def _advice(self, advice: Advice) -> int:
        return self._advices.setdefault(advice, len(self._advices))


def _trimmed(row: Iterable[object]) -> list[object]:
    """Return `row` without what is empty at its end."""
    kept = list(row)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _json(value: object) -> str:
    """Return JSON that ends no script element and is a line of a script in any version of JavaScript."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text

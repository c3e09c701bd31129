"""Reads tables as spreadsheets and exports write them: CSV in several encodings and with several separators.

What a cell means is not decided here. Lines are numbered as an editor shows them.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.errors import InputError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
"""What may be between two cells, in the order of preference."""
_LARGEST = 1 << 28
"""Bytes of the largest file that is read: a list of a million users has a fifth of it."""
_OTHER_FILES = {b"PK\x03\x04": "an Excel workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook", b"%PDF": "a PDF"}
"""How files begin that are often taken for a CSV."""
_EXCEL = re.compile(r'"?sep=(.)"?[;,\t]*\r?\n?', re.IGNORECASE)
"""The line that names the separator for Excel."""
_TEMPLATE = re.compile(r'"?version:v\d[\d.]*"?[;,\t]*\r?\n?', re.IGNORECASE)
"""The first line of Entra's templates."""

UTF_8, UTF_16, LEGACY = "UTF-8", "UTF-16", "an older encoding"
"""The encodings. In an older one only plain letters are known for certain, because no file says which one it is."""


@dataclass(frozen=True)
class TableRow:
    """One row."""

    line: int
    """The line on which it begins, from 1."""
    cells: tuple[str, ...]
    """The cells, without what a spreadsheet needs around a value."""

    @property
    def empty(self) -> bool:
        """Whether no cell has anything in it."""
        return not any(self.cells)


@dataclass(frozen=True)
class Table:
    """What a file contains; the first row is its heading."""

    rows: tuple[TableRow, ...]
    encoding: str
    delimiter: str

    @property
    def described(self) -> str:
        """The encoding and the separator, in words."""
        return f"{self.encoding}, {DELIMITERS.get(self.delimiter, repr(self.delimiter))}-separated"


Merit = Callable[[Sequence[str]], int]
"""How much of a heading, as cells, is known: the separator with which it is most is the file's."""


def read_table(path: Path, merit: Merit) -> Table:
    """Return the rows of the file at `path`, without empty rows at its end.

    Args:
        merit: decides which separator the file has.

    Raises:
        InputError: it can't be read, is no CSV, or its encoding is not known.
    """
    text, encoding = _decoded(path, _bytes_of(path))
    first, delimiter, rest = _announced(text)
    delimiter = delimiter or _delimiter_of(rest, merit)
    try:
        rows = list(_parsed(rest, delimiter, first))
    except _BadRow as error:
        raise InputError(f"{path}: line {error.line}", error.why) from None
    while rows and rows[-1].empty:
        rows.pop()
    return Table(tuple(rows), encoding, delimiter)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise InputError(str(path), "not a file; expected a CSV file")
        if (size := path.stat().st_size) > _LARGEST:
            raise InputError(str(path), f"{size / 1e6:.0f} MB; expected a CSV file of at most {_LARGEST / 1e6:.0f} MB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"{error.strerror or error}; expected a readable CSV file") from error
    except ValueError as error:  # a path with a NUL in it
        raise InputError(str(path), f"{error}; expected a readable CSV file") from error


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    """Return the text of a file, and its encoding."""
    for start, what in _OTHER_FILES.items():
        if data.startswith(start):
            raise InputError(str(path), f"{what}, not a CSV; save it as “CSV UTF-8”")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text, encoding = (data.decode("utf-16"), UTF_16) if wide else (data.decode("utf-8-sig"), UTF_8)
    except UnicodeDecodeError as error:
        if wide:
            raise InputError(str(path), f"begins as UTF-16, but is not: {error.reason}; save it as UTF-8") from None
        text, encoding = data.decode("latin-1"), LEGACY
    if "\0" in text:
        raise InputError(str(path), "contains NUL characters, as UTF-16 without a byte order mark; save it as UTF-8")
    return text, encoding


def _announced(text: str) -> tuple[int, str, str]:
    """Return the first line that counts, the separator that the line before it names, and the text from there on."""
    if found := _EXCEL.match(text):
        return 2, found[1], text[found.end() :]
    if found := _TEMPLATE.match(text):
        return 2, "", text[found.end() :]
    return 1, "", text


def _delimiter_of(text: str, merit: Merit) -> str:
    """Return the separator with which the heading is known best, else the one with the most cells."""

    def of(delimiter: str) -> tuple[int, int]:
        try:
            heading = next(_parsed(text, delimiter, 1), TableRow(1, ()))
        except _BadRow:
            return (-1, 0)
        return merit(heading.cells), len(heading.cells)

    return max(DELIMITERS, key=of)


class _BadRow(Exception):
    """A row that no spreadsheet writes."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.why = why


def _parsed(text: str, delimiter: str, first: int) -> Iterator[TableRow]:
    """Yield the rows of `text`.

    Args:
        first: the number of its first line.

    Raises:
        _BadRow: a quotation mark is not closed, or closed within a cell, or a cell is too long.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            why = "a quotation mark is not closed" if "end of data" in str(error) else str(error)
            raise _BadRow(line, f"not a row of a CSV: {why}; expected quotation marks in pairs") from None
        yield TableRow(line, tuple(map(_bare, cells)))
        line = first + rows.line_num


_KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_BLANK = " \t\r\n\v\f\u00a0\u200b\u200c\u200d\u2060\ufeff"
"""What may surround a value without being seen: spaces, and what web pages and chats add to copied text."""


def _bare(cell: str) -> str:
    """Return the value of a cell, without the `'` or the `="…"` that keeps a spreadsheet from changing it."""
    value = cell.strip(_BLANK)
    if kept := _KEPT_AS_TEXT.fullmatch(value):
        return kept[1].strip(_BLANK)
    return value.removeprefix("'").lstrip(_BLANK)

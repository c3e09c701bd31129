"""Writes CSV that a spreadsheet opens as it is: RFC 4180, UTF-8 with a byte order mark, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from troubleshooter.redaction.printable import printable

LONGEST_CELL = 32_000
"""Characters of a cell; Excel holds 32,767."""
BOM = "\ufeff"
"""Without it, Excel reads UTF-8 as the computer's own encoding."""
_FORMULA = re.compile(r"(^|[;,|])(?=[\s\"']*[=+\-@＝＋－＠])")
"""Where a formula may begin: at the start of a cell, and after what a spreadsheet of another language splits at."""


def spreadsheet(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV with a byte order mark; every cell is quoted, so that a comma or a line in it splits nothing."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    """Return `cell` in one line without invisible characters, with an apostrophe where a formula would begin."""
    return _FORMULA.sub(r"\1'", printable(cell[:LONGEST_CELL]))[:LONGEST_CELL]

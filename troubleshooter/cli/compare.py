"""`troubleshooter compare`"""

from __future__ import annotations

import csv
import json as json_
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli._exits import answer, guarded
from troubleshooter.errors import InputError

if TYPE_CHECKING:
    from troubleshooter.compare import Match

_CODES = {"same": 0, "different": 1, "undetermined": 4}


def _row(a: str, b: str, found: Match) -> dict[str, object]:
    score = None if found.score is None else round(found.score, 5)
    return {
        "a": a,
        "b": b,
        "verdict": found.verdict.value,
        "score": score,
        "limit": found.limit,
        "reason": found.said.text,
    }


def _one(a: Path, b: Path, *, json: bool) -> None:
    from troubleshooter.compare import UnreadablePicture, load, match  # noqa: PLC0415

    pictures = []
    for path in (a, b):
        try:
            pictures.append(load(path))
        except UnreadablePicture as error:
            raise InputError(str(path), f"{error.why}; allowed: a picture file") from error
    found = match(pictures[0], pictures[1])
    if json:
        answer(json_.dumps(_row(str(a), str(b), found), ensure_ascii=False))
    else:
        distance = "" if found.score is None else f" · distance {found.score:.3f}, limit {found.limit:.3f}"
        answer(f"{found.verdict.value}: {found.said.text}{distance}")
    raise typer.Exit(_CODES[found.verdict.value])


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"a", "b"} <= set(rows.fieldnames or ()):
                raise InputError(str(path), "columns a and b are needed; allowed: a CSV whose first line is a,b")
            for number, row in enumerate(rows, 2):
                if not row["a"] or not row["b"]:
                    raise InputError(f"{path}:{number}", "a path is missing; allowed: two paths, a and b")
                yield row["a"], row["b"]
    except OSError as error:
        raise InputError(str(path), f"{error.strerror or error}; allowed: a readable CSV file") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"not a CSV in UTF-8: {error}") from error


def _many(path: Path, *, json: bool) -> None:
    from troubleshooter.compare import UnreadablePicture, load, match  # noqa: PLC0415
    from troubleshooter.compare.match import LIMIT, Match  # noqa: PLC0415
    from troubleshooter.model import MatchVerdict, Said  # noqa: PLC0415

    for _ in _pairs(path):
        pass  # the whole file is checked before anything is printed
    for a, b in _pairs(path):
        try:
            found = match(load(path.parent / a), load(path.parent / b))
        except UnreadablePicture as error:
            said = Said(text=str(error))
            found = Match(MatchVerdict.UNDETERMINED, None, LIMIT, "unreadable", said)
        row = _row(a, b, found)
        answer(json_.dumps(row, ensure_ascii=False) if json else f"{row['verdict']:<13}{a}  {b}  {row['reason']}")


@guarded
def compare(
    a: Annotated[Path | None, typer.Argument(help="A picture.")] = None,
    b: Annotated[Path | None, typer.Argument(help="Another picture.")] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(metavar="PAIRS.csv", help="Compare many: columns a,b, relative to the file's folder."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Compare stored avatar pictures. Exit 0 same, 1 different, 4 undetermined."""
    if pairs is not None:
        if a is not None or b is not None:
            raise InputError("compare", "either two pictures, or --pairs PAIRS.csv, not both")
        _many(pairs, json=json)
    elif a is None or b is None:
        raise InputError("compare", "two pictures are needed, or --pairs PAIRS.csv")
    else:
        _one(a, b, json=json)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("compare")(compare)

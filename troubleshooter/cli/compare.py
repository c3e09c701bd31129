"""The `troubleshooter compare` command."""

from __future__ import annotations

import csv
import json as json_
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from troubleshooter.cli.console import answer, guarded
from troubleshooter.cli.page_file import write_page
from troubleshooter.errors import InputError

if TYPE_CHECKING:
    from troubleshooter.compare import Avatar, Match
    from troubleshooter.compare.explain import Explained

_CROPS = ("recropped", "shifted", "other-photo")
"""What an original differs by from an avatar that shows a part of it."""
_CODES = {"same": 0, "different": 1, "undetermined": 4}


def _row(a: str, b: str, found: Match) -> dict[str, object]:
    score = None if found.score is None else round(found.score, 5)
    said, limit = found.said.text, found.limit
    return {"a": a, "b": b, "verdict": found.verdict.value, "score": score, "limit": limit, "reason": said}


def _numbers(found: Explained) -> list[tuple[str, str]]:
    """Return the measurements: labels, and numbers with their units."""
    score = found.match.score
    return [
        ("distance", "not determined" if score is None else f"{score:.3f}"),
        ("limit", f"{found.match.limit:.3f}"),
        ("visible part of the first", f"{found.diameters[0]:.0f} px"),
        ("visible part of the second", f"{found.diameters[1]:.0f} px"),
        ("the second photo is larger by", f"{100 * found.scale:+.1f} %"),
        ("shifted by", f"{100 * found.shift:.1f} % of the diameter"),
        ("brightness, second over first", f"{100 * found.light:.0f} %"),
        ("saturation, second over first", f"{100 * found.chroma:.0f} %"),
    ]


def _compare_two(a: Path, b: Path, *, json: bool, html: Path | None, expect: bool) -> None:
    from troubleshooter.compare.explain import explain  # noqa: PLC0415

    explained = explain(_picture(a), _picture(b), crop=expect)
    found = explained.match
    if html is not None:
        _write(html, explained)
    if json:
        answer(json_.dumps(_row(str(a), str(b), found), ensure_ascii=False))
    else:
        answer(f"{found.verdict.value}: {found.said.text}")
        for name, value in _numbers(explained):
            answer(f"  {name:<34}{value}")
        if found.code in _CROPS and not expect:
            answer("  Does one of them show a part of the other? Then run: compare --expect ORIGINAL AVATAR")
    raise typer.Exit(_CODES[found.verdict.value])


def _write(path: Path, found: Explained) -> None:
    from troubleshooter.report.comparison import Panel, render_comparison  # noqa: PLC0415

    panels = [
        Panel("the first", found.first),
        Panel("the second, laid over it", found.second),
        Panel("where they differ", found.difference),
    ]
    write_page(path, render_comparison(found.match.verdict.value, found.match.said.text, panels, _numbers(found)))


def _search(picture: Path, folder: Path, *, json: bool) -> None:
    """Print which of the pictures in `folder` shows the same photo as `picture`."""
    from troubleshooter.compare.stored import find_in  # noqa: PLC0415

    found = find_in(_picture(picture), _files(folder))
    name = None if found.path is None else str(found.path.relative_to(folder))
    if json:
        row = _row(str(picture), str(folder), found.match)
        answer(json_.dumps({**row, "found": name, "stored": found.stored, "unreadable": found.unreadable}))
    else:
        text = found.match.said.text if name is None else f"the same photo as {name}"
        answer(f"{found.match.verdict.value}: {text}")
        answer(f"  {'pictures searched':<34}{found.stored}")
        if found.unreadable:
            answer(f"  {'files that are not pictures':<34}{found.unreadable}")
    raise typer.Exit(_CODES[found.match.verdict.value])


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        raise InputError("--among", f"{folder}: {error.strerror or error}; expected a readable folder") from error


def _picture(path: Path) -> Avatar:
    from troubleshooter.compare import UnreadablePicture, load  # noqa: PLC0415

    try:
        return load(path)
    except UnreadablePicture as error:
        raise InputError(str(path), f"{error.why}; expected a picture file") from error


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"a", "b"} <= set(rows.fieldnames or ()):
                raise InputError(str(path), "columns a and b are missing; expected a CSV whose first line is a,b")
            for number, row in enumerate(rows, 2):
                if not row["a"] or not row["b"]:
                    raise InputError(f"{path}:{number}", "a path is missing; expected two, a and b")
                yield row["a"], row["b"]
    except OSError as error:
        raise InputError(str(path), f"{error.strerror or error}; expected a readable CSV file") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"not a CSV in UTF-8: {error}") from error


def _compare_pairs(path: Path, *, json: bool) -> None:
    from troubleshooter.compare.pairs import compare_all  # noqa: PLC0415

    for _ in _pairs(path):
        pass  # the whole file is checked before anything is printed
    for row in compare_all(_pairs(path), path.parent):
        found = _row(row.a, row.b, row.match)
        answer(
            json_.dumps(found, ensure_ascii=False)
            if json
            else f"{found['verdict']:<13} {row.a}  {row.b}  {found['reason']}"
        )


@guarded
def compare(
    a: Annotated[Optional[Path], typer.Argument(help="A picture.")] = None,
    b: Annotated[Optional[Path], typer.Argument(help="Another picture.")] = None,
    pairs: Annotated[
        Optional[Path],
        typer.Option(metavar="PAIRS.csv", help="Compare many pairs: a CSV of paths, columns a,b."),
    ] = None,
    among: Annotated[
        Optional[Path],
        typer.Option(metavar="DIR", help="Find the picture in DIR that shows the same photo."),
    ] = None,
    expect: Annotated[
        bool,
        typer.Option(
            "--expect", help="The first picture is the original: find the part of it that the second one shows."
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")] = False,
    html: Annotated[
        Optional[Path], typer.Option(metavar="FILE", help="Write a page that shows both pictures and their difference.")
    ] = None,
) -> None:
    """Compare stored avatar pictures. Exit code: 0 same, 1 different (with --among: not found), 4 undetermined.

    2: a file cannot be read. With --pairs: 0 once all rows are printed, whatever they say; 2 if the CSV itself is
    wrong.
    """
    if pairs is not None:
        if a is not None or b is not None or html is not None or among is not None:
            raise InputError("compare", "expected either two pictures or --pairs PAIRS.csv; --html needs two pictures")
        _compare_pairs(pairs, json=json)
    elif among is not None:
        if a is None or b is not None or html is not None:
            raise InputError("compare", "--among DIR takes one picture; --html needs two")
        if not among.is_dir():
            raise InputError("--among", f"{among} is not a folder; expected a folder with pictures")
        _search(a, among, json=json)
    elif a is None or b is None:
        raise InputError("compare", "expected two pictures, or --pairs PAIRS.csv")
    else:
        _compare_two(a, b, json=json, html=html, expect=expect)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("compare")(compare)

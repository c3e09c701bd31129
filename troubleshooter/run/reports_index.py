"""Writes the list of the runs in a folder of reports, and reads only what has changed since the last one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import Field, ValidationError

from troubleshooter.errors import InputError
from troubleshooter.evidence.run_folder import write_own
from troubleshooter.evidence.run_list import runs_in
from troubleshooter.model.index_records import RunEntry
from troubleshooter.model.message import Frozen
from troubleshooter.report import index

PAGE, DATA = "index.html", "index.json"
_SCHEMA = 1


class _Stored(Frozen):
    """`index.json`: the list for programs, from which the next list is made."""

    schema_: int = Field(alias="schema")
    lang: str
    """The language of the page; a run in another one does not change it."""
    runs: tuple[RunEntry, ...] = ()


def has_index(folder: Path) -> bool:
    """Return whether a folder has a list of its runs."""
    return (folder / DATA).is_file()


def write_index(folder: Path, now: datetime, *, lang: str | None = None, usual: str = "en") -> Path:
    """Write `index.html` and `index.json` in a folder of reports; return the page's path.

    Args:
        lang: the page's language; None for that of the last list, else `usual`.

    Raises:
        InputError: the folder has files with these names that are not such a list.
        OSError: the folder can't be read.
        CannotWrite: one of the files can't be written.
    """
    stored = _stored(folder)
    if stored is None and (taken := [name for name in (PAGE, DATA) if (folder / name).exists()]):
        raise InputError(
            "DIR", f"{folder / taken[0]} is not a list of runs; expected no such file, or one of this command"
        )
    runs = runs_in(folder, stored.runs if stored else ())
    chosen = lang or (stored.lang if stored else usual)
    page = index.render(runs, now, lang=chosen)
    _write(folder, runs, chosen)
    write_own(folder / PAGE, page.encode())
    return folder / PAGE


def _stored(folder: Path) -> _Stored | None:
    """Return the last list, without its runs if another version wrote it; None if there is none."""
    try:
        found = _Stored.model_validate_json((folder / DATA).read_bytes())
    except (OSError, ValidationError):
        return None
    return found if found.schema_ == _SCHEMA else found.model_copy(update={"runs": ()})


def _write(folder: Path, runs: Sequence[RunEntry], lang: str) -> None:
    text = _Stored(schema=_SCHEMA, lang=lang, runs=tuple(runs)).model_dump_json(by_alias=True)
    write_own(folder / DATA, text.encode() + b"\n")

"""What stands on the report beside what was seen: the notes that people added, and the evidence's fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from troubleshooter.model.fingerprint import fingerprint
from troubleshooter.model.notes import LONGEST_NOTE, NOTES, notes_in
from troubleshooter.redaction.printable import printable
from troubleshooter.report.wording import Moment

_LARGEST = 5_000_000
"""Bytes of the largest file of notes that is shown."""
_LONGEST_NAME = 200


@dataclass(frozen=True)
class NoteText:
    """A note of a person."""

    at: Moment
    by: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """The notes, the oldest first, and the fingerprint; empty where a folder has none."""

    notes: tuple[NoteText, ...]
    fingerprint: str


def proof(folder: Path, moment: Callable[[datetime], Moment]) -> Proof:
    """Return the notes and the fingerprint of the run in `folder`, with times written by `moment`."""
    return Proof(_notes(folder / NOTES, moment), _fingerprint(folder))


def _notes(path: Path, moment: Callable[[datetime], Moment]) -> tuple[NoteText, ...]:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
    except OSError:
        return ()
    return tuple(
        NoteText(
            moment(note.at),
            printable((note.by or "")[:_LONGEST_NAME]),
            tuple(printable(line) for line in note.text[:LONGEST_NOTE].splitlines() if line.strip()),
        )
        for note in notes_in(data)
    )


def _fingerprint(folder: Path) -> str:
    """Return the fingerprint; empty if a file can't be read."""
    files = (folder / "record.json", *(folder / "evidence").glob("*"))
    try:
        digests = {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.is_file()
        }
    except OSError:
        return ""
    return fingerprint(digests)

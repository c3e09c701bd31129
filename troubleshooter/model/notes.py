"""Notes that people add to a run, each a line of notes.jsonl: never a change of what was seen. Pure."""

from __future__ import annotations

from pydantic import ValidationError

from troubleshooter.model.message import Frozen
from troubleshooter.model.scalars import Time

NOTES = "notes.jsonl"
LONGEST_NOTE = 4000
"""Characters of the longest note."""


class Note(Frozen):
    """What somebody noted about a run."""

    at: Time
    by: str | None = None
    """Who noted it, as given; nothing proves it."""
    text: str


def notes_in(data: bytes) -> tuple[Note, ...]:
    """Return the notes in a file's content, in its order; lines that are not notes are left out."""
    notes = []
    for line in data.splitlines():
        try:
            notes.append(Note.model_validate_json(line))
        except ValidationError:
            continue
    return tuple(notes)

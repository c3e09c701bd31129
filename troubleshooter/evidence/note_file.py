"""Appends notes of people to a run. Nothing that the run saw is changed, and earlier notes stay as they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

from troubleshooter.errors import InputError
from troubleshooter.evidence.record_file import RECORD, SUMMARY
from troubleshooter.evidence.run_folder import RunFolder, write_own
from troubleshooter.model.notes import LONGEST_NOTE, NOTES, Note
from troubleshooter.redaction.redactor import Redactor


def add_note(folder: RunFolder, note: Note) -> Path:
    """Append a note to the run in `folder`; return the file of its notes.

    Raises:
        InputError: there is no run, the note is empty or too long, or the notes were changed since the last one.
        CannotWrite: the disk is full, or the folder is not writable.
    """
    text = Redactor().redact(note.text.strip())
    if not text:
        raise InputError("TEXT", "is empty; expected what is to be noted")
    if len(text) > LONGEST_NOTE:
        raise InputError("TEXT", f"has {len(text)} characters; expected at most {LONGEST_NOTE}")
    if not any((folder.path / name).is_file() for name in (RECORD, SUMMARY)):
        raise InputError("RUN_DIR", f"{folder.path} has no record; expected the folder of a run")
    path = folder.path / NOTES
    before = _before(folder, path)
    line = note.model_copy(update={"text": text, "by": note.by and Redactor().redact(note.by)}).model_dump_json()
    write_own(path, before + line.encode() + b"\n")
    folder.renew_row(NOTES)
    return path


def _before(folder: RunFolder, path: Path) -> bytes:
    """Return the notes so far.

    Raises:
        InputError: they are not those that the manifest names, and a new note would hide that.
    """
    data = path.read_bytes() if path.is_file() else b""
    digest = (folder.sealed() or {}).get(NOTES)
    if digest is not None and digest != hashlib.sha256(data).hexdigest():
        raise InputError(str(path), "was changed after its last note; expected it as it was, from a copy")
    if digest is None and data and folder.sealed() is not None:
        raise InputError(str(path), "was added by something else; expected no such file")
    return data

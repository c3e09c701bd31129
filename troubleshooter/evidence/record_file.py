"""Reads record.json back, or says in one line what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from troubleshooter.errors import InputError
from troubleshooter.model.records import SCHEMA, Record
from troubleshooter.model.untrusted_json import json_in

RECORD, SUMMARY = "record.json", "summary.json"
"""The files with the result of a run for one user, and for many users."""
_LARGEST = 16_000_000
"""Bytes of the largest record that is read: a run of many pages writes less than a tenth of it."""


def read_record(folder: Path) -> Record:
    """Return the record in the folder of a finished run.

    Raises:
        InputError: there is no record, or it is not valid.
    """
    path = folder / RECORD
    try:
        data = _read(path)
    except OSError as error:
        why = f"{folder}{_without_record(folder, error)}; expected the folder of a run"
        raise InputError("RUN_DIR", why) from error
    schema = _schema_in(data)
    if schema is not None and schema > SCHEMA:
        why = f"it was written by a newer version (schema {schema}; this one reads up to {SCHEMA}); use that version"
        raise InputError("RUN_DIR", f"{path}: {why}")
    try:
        return Record.model_validate_json(data)
    except ValidationError as error:
        raise InputError("RUN_DIR", f"{path} is not a run's record: {_first_of(error)}") from None


def _without_record(folder: Path, error: OSError) -> str:
    """Return why no record was read, and which run may be meant if the folder contains some."""
    if (folder / SUMMARY).is_file():
        return (
            " is the folder of a run of many users: `verify --resume` continues it, `verify --from` repeats parts of it"
        )
    try:
        runs = [path.parent.name for path in folder.glob(f"*/{RECORD}")]
    except OSError:
        runs = []
    if runs:
        return f" is not a run, but contains some, the newest of them {max(runs)}"
    missing = isinstance(error, FileNotFoundError) and folder.is_dir()
    return f" has no {RECORD}" if missing else f": {error.strerror or error}"


def _read(path: Path) -> bytes:
    """Return the bytes of a record.

    Raises:
        InputError: it is not a file, or it is larger than any record.
    """
    if path.exists() and not path.is_file():
        raise InputError("RUN_DIR", f"{path} is not a file; expected the record of a run")
    size = path.stat().st_size
    if size > _LARGEST:
        why = f"is {size / 1e6:.0f} MB; a run's record is at most {_LARGEST / 1e6:.0f} MB"
        raise InputError("RUN_DIR", f"{path} {why}")
    return path.read_bytes()


def _schema_in(data: bytes) -> int | None:
    """Return the schema version that a record states; None if it states none, or is not a record."""
    try:
        schema = json_in(data).get("schema")
    except (ValueError, AttributeError):
        return None
    return schema if isinstance(schema, int) else None


def _first_of(error: ValidationError) -> str:
    """Return where in a file the first error is, and what it is, in one line of bounded length."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where[:100]}: {first['msg'][:200]}{more}" if where else f"{first['msg'][:200]}{more}"

"""Writes a run's folder under its final name; each file is written under a temporary name, then renamed."""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.model.records import SCHEMA, Record
from troubleshooter.model.untrusted_json import json_in
from troubleshooter.redaction.png import without_texts
from troubleshooter.redaction.printable import well_formed
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.sinks import SINKS

MANIFEST = "manifest.json"
RECORD = "record.json"
REPORT = "index.html"
EVIDENCE = "evidence"
_NO_PART = frozenset({MANIFEST, ".DS_Store", "Thumbs.db", "desktop.ini"})
"""Names of files that the manifest does not list: itself, and what computers add to a folder that is looked at."""


_OWN_FOLDER, _OWN_FILE = 0o700, 0o600
"""Permissions of what a run writes: only the user who ran it may look at other people's faces and addresses."""


def write_whole(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write `data` to `path` so that readers see either the old file or the new one, never a partial file.

    Args:
        mode: the file's permissions, from which the process's umask is removed.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode, exist_ok=False)  # has its permissions before it has any content
        unfinished.write_bytes(data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """Write a file of the run's folder.

    Raises:
        CannotWrite: the disk is full, or the folder is gone or not writable.
    """
    try:
        write_whole(path, data, mode=_OWN_FILE)
    except OSError as error:
        raise CannotWrite(path, error) from error


_LARGEST = 16_000_000
"""Bytes of the largest record that is read: a run of many pages writes less than a tenth of it."""
_SUFFIX = re.compile(r"(?:\.[a-z0-9-]{1,40}){1,4}")
_FIXED = frozenset(
    {
        *("id", "scenario", "template", "cause", "code", "article_step", "identified_by", "locator"),
        *("path", "shot", "shots", "sha256", "body_sha256", "ref", "scenario_details", "outcome"),
    }
)
"""Fields of a record that contain the product's own identifiers or file names, which redaction could only break."""


def _redacted(value: Any, redactor: Redactor) -> Any:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields if name not in _FIXED}
        return value.model_copy(update={name: _redacted(inner, redactor) for name, inner in fields.items()})
    if isinstance(value, dict):
        return {key: _redacted(inner, redactor) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_redacted(inner, redactor) for inner in value)
    # An enum member is not plain text, so it is kept, whatever the secrets are.
    return redactor.redact_field(value) if type(value) is str else value


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


class RunFolder:
    """The folder in which one run leaves its record, evidence and report."""

    def __init__(self, path: Path, redactor: Redactor | None = None) -> None:
        self.path = path
        self._redactor = redactor or Redactor()

    @classmethod
    def new(cls, out: Path, scenario: str, now: datetime, redactor: Redactor | None = None) -> RunFolder:
        """Create `out/<UTC time>-<scenario>[-n]/`, for this user only; `redactor` keeps secrets out of it.

        Raises:
            InputError: `out` can't be written to.
        """
        stem = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{scenario}"
        number = 1
        while True:
            path = out / (stem if number == 1 else f"{stem}-{number}")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.mkdir(_OWN_FOLDER)
                (path / EVIDENCE).mkdir(_OWN_FOLDER)
                return cls(path, redactor)
            except FileExistsError:
                if not out.is_dir():
                    raise InputError("--out", f"{out} is not a folder; expected a folder that can be written") from None
                number += 1
            except OSError as error:
                why = f"{out}: {error.strerror or error}; expected a folder that can be written"
                raise InputError("--out", why) from error

    def keep(self, data: bytes, suffix: str) -> tuple[str, str]:
        """Store `data` as evidence under its SHA-256; return its path, relative to the folder, and the digest.

        Text that programs embed in PNG files is removed; an unusual suffix becomes `.bin`.
        """
        data = without_texts(data)
        suffix = suffix if _SUFFIX.fullmatch(suffix) and self._redactor.redact(suffix) == suffix else ".bin"
        digest = hashlib.sha256(data).hexdigest()
        path = f"{EVIDENCE}/{digest}{suffix}"
        if not os.path.exists(self.path / path):  # noqa: PTH110 - false, not an error, where the folder is out of reach
            _write(self.path / path, data)
        return path, digest

    def discard(self) -> None:
        """Remove the folder, in which nothing but empty folders could be created."""
        with suppress(OSError):
            (self.path / EVIDENCE).rmdir()
            self.path.rmdir()

    def redacted(self, record: Record) -> Record:
        """Return `record` without secrets and tokens in any text that a page, a person or a program put there."""
        found = _redacted(record, self._redactor)
        assert isinstance(found, Record)
        return found

    @SINKS.at("report")
    def for_report(self, record: Record) -> Record:
        """Return `record` redacted for the report."""
        return self.redacted(record)

    @SINKS.at("record")
    def _for_file(self, record: Record) -> Record:
        return self.redacted(record)

    def write_record(self, record: Record) -> None:
        """Write record.json, redacted."""
        text = json.dumps(self._for_file(record).model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False)
        _write(self.path / RECORD, (well_formed(text) + "\n").encode())

    def read_record(self) -> Record:
        """Return the record of a finished run.

        Raises:
            InputError: there is no record, or it is not valid.
        """
        path = self.path / RECORD
        try:
            data = _read(path)
        except OSError as error:
            why = f"{self.path}: {error.strerror or error}; expected the folder of a run, with its {RECORD}"
            raise InputError("RUN_DIR", why) from error
        schema = _schema_in(data)
        if schema is not None and schema > SCHEMA:
            why = (
                f"it was written by a newer version (schema {schema}; this one reads up to {SCHEMA}); use that version"
            )
            raise InputError("RUN_DIR", f"{path}: {why}")
        try:
            return Record.model_validate_json(data)
        except ValidationError as error:
            raise InputError("RUN_DIR", f"{path} is not a run's record: {_first_of(error)}") from None

    def write_report(self, text: str) -> Path:
        """Write index.html; return its path."""
        _write(self.path / REPORT, well_formed(text).encode())
        return self.path / REPORT

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of every file but the manifest, by its path relative to the folder."""
        files = sorted(p for p in self.path.rglob("*") if p.is_file() and p.suffix != ".new" and p.name not in _NO_PART)
        return {p.relative_to(self.path).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def seal(self) -> None:
        """Write manifest.json, the last file of a run, with the SHA-256 of every other file."""
        try:
            digests = self.digests()
        except OSError as error:
            raise CannotWrite(self.path / MANIFEST, error) from error
        _write(self.path / MANIFEST, (json.dumps(digests, indent=1) + "\n").encode())

    def sealed(self) -> dict[str, str] | None:
        """Return the manifest; None if the run died before it was written."""
        try:
            found = json_in((self.path / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def renew_report_row(self) -> None:
        """Update the report's SHA-256 in the manifest, and leave every other row unchanged."""
        manifest = self.sealed()
        if manifest is not None:
            manifest[REPORT] = hashlib.sha256((self.path / REPORT).read_bytes()).hexdigest()
            _write(self.path / MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())

"""Writes a run's folder under its final name; each file is written under a temporary name, then renamed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.evidence import manifest
from troubleshooter.evidence.record_file import RECORD, read_record
from troubleshooter.evidence.redacted import for_file, redacted
from troubleshooter.evidence.run_facts import facts_of
from troubleshooter.evidence.signer import Sign
from troubleshooter.model.records import Record
from troubleshooter.redaction.png import without_texts
from troubleshooter.redaction.printable import well_formed
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.sinks import SINKS

MANIFEST = "manifest.json"
REPORT = "index.html"
STYLE = "report.css"
EVIDENCE = "evidence"
ENVELOPE = "manifest.dsse.json"
"""The signed manifest."""
TIMESTAMP = "manifest.dsse.json.tsr"
"""The answer of a timestamp service about the signed manifest."""
OF_COMPUTERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Names of files that computers add to a folder when somebody opens it."""
ABOUT_FILES = frozenset({MANIFEST, ENVELOPE, TIMESTAMP})
"""Names of files that say what the others have to be; the manifest does not list them."""
_NO_PART = ABOUT_FILES | OF_COMPUTERS


_OWN_FOLDER, _OWN_FILE = 0o700, 0o600
"""Permissions of what a run writes: only the user who ran it may look at other people's faces and addresses."""


def report_in(lang: str) -> str:
    """Return the name of the report in a language that is not the run's own."""
    return f"index.{lang}.html"


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


def write_own(path: Path, data: bytes) -> None:
    """Write a file of a run's folder, which only the user who made the run may read.

    Raises:
        CannotWrite: the disk is full, or the folder is gone or not writable.
    """
    try:
        write_whole(path, data, mode=_OWN_FILE)
    except OSError as error:
        raise CannotWrite(path, error) from error


_RENDERED = re.compile(r"index(\.[a-z]{2,3})?\.html|report\.css")
_SUFFIX = re.compile(r"(?:\.[a-z0-9-]{1,40}){1,4}")


def is_rendered(name: str) -> bool:
    """Return whether a file is made from the record, in whatever language, so that it may be written again."""
    return _RENDERED.fullmatch(name) is not None


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

    @classmethod
    def at(cls, path: Path, redactor: Redactor | None = None) -> RunFolder:
        """Create the folder `path`, for this user only; `redactor` as for `new`.

        Raises:
            InputError: it exists already, or can't be created.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir(_OWN_FOLDER)
            (path / EVIDENCE).mkdir(_OWN_FOLDER)
        except FileExistsError:
            raise InputError("--run-dir", f"{path} exists already; expected the name of a new folder") from None
        except OSError as error:
            why = f"{path}: {error.strerror or error}; expected a folder that can be written"
            raise InputError("--run-dir", why) from error
        return cls(path, redactor)

    def keep(self, data: bytes, suffix: str) -> tuple[str, str]:
        """Store `data` as evidence under its SHA-256; return its path, relative to the folder, and the digest.

        Text that programs embed in PNG files is removed; an unusual suffix becomes `.bin`.
        """
        data = without_texts(data)
        suffix = suffix if _SUFFIX.fullmatch(suffix) and self._redactor.redact(suffix) == suffix else ".bin"
        digest = hashlib.sha256(data).hexdigest()
        path = f"{EVIDENCE}/{digest}{suffix}"
        if not os.path.exists(self.path / path):  # noqa: PTH110 - false, not an error, where the folder is out of reach
            write_own(self.path / path, data)
        return path, digest

    def discard(self) -> None:
        """Remove the folder of a run that did not begin, with what was written into it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def redacted(self, record: Record) -> Record:
        """Return `record` without secrets and tokens in any text that a page, a person or a program put there."""
        return redacted(self._redactor, record)

    @SINKS.at("report")
    def for_report(self, record: Record) -> Record:
        """Return `record` redacted for the report."""
        return self.redacted(record)

    def write_record(self, record: Record) -> None:
        """Write record.json, redacted."""
        text = json.dumps(
            for_file(self._redactor, record).model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False
        )
        write_own(self.path / RECORD, (well_formed(text) + "\n").encode())

    def read_record(self) -> Record:
        """Return the record of a finished run.

        Raises:
            InputError: there is no record, or it is not valid.
        """
        return read_record(self.path)

    def write_report(self, text: str, name: str = REPORT) -> Path:
        """Write index.html, or the report in another language; return its path."""
        write_own(self.path / name, well_formed(text).encode())
        return self.path / name

    def write_style(self, style: str) -> None:
        """Write the style of the reports beside them, for readers that refuse the one inside."""
        write_own(self.path / STYLE, style.encode())

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of every file but the manifest, by its path relative to the folder."""
        files = sorted(p for p in self.path.rglob("*") if p.is_file() and p.suffix != ".new" and p.name not in _NO_PART)
        return {p.relative_to(self.path).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def seal(self, sign: Sign | None = None) -> None:
        """Write manifest.json, the last file of a run, with the SHA-256 of every other file; sign it with `sign`.

        A signature of an earlier manifest is removed: it is about other files.
        """
        try:
            data = manifest.statement(self.digests(), facts_of(self.path))
            for name in (ENVELOPE, TIMESTAMP):
                (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(self.path / MANIFEST, error) from error
        write_own(self.path / MANIFEST, data)
        if sign:
            self.sign(sign)

    def sign(self, sign: Sign) -> None:
        """Sign the manifest; signatures of the same manifest by other keys are kept, a timestamp is removed.

        Raises:
            InputError: there is no manifest.
            CannotWrite: the disk is full, or the folder is not writable.
        """
        envelope = self.path / ENVELOPE
        try:
            data = (self.path / MANIFEST).read_bytes()
            earlier = envelope.read_bytes() if envelope.is_file() else None
            (self.path / TIMESTAMP).unlink(missing_ok=True)
        except OSError as error:
            why = f"{self.path / MANIFEST}: {error.strerror or error}; expected the manifest of a finished run"
            raise InputError("RUN_DIR", why) from error
        write_own(envelope, sign(data, earlier))

    def unseal(self) -> None:
        """Remove the manifest, and what signs it: the run goes on, and a run that dies has none.

        Raises:
            CannotWrite: the folder is not writable.
        """
        try:
            for name in ABOUT_FILES:
                (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(self.path / MANIFEST, error) from error

    def sealed(self) -> dict[str, str] | None:
        """Return the digests in the manifest; None if the run died before it was written, or it is not readable."""
        try:
            return manifest.digests_in((self.path / MANIFEST).read_bytes())
        except OSError:
            return None

    def renew_report_row(self, name: str = REPORT) -> None:
        """Update the SHA-256 of a report and of its style in the manifest, and leave every other row unchanged."""
        for written in (name, STYLE):
            if (self.path / written).exists():
                self.renew_row(written)

    def renew_row(self, name: str) -> None:
        """Update the SHA-256 of one file in the manifest, if there is one, and leave every other row unchanged."""
        path = self.path / MANIFEST
        if not path.is_file():
            return
        renewed = manifest.with_digest(
            path.read_bytes(), name, hashlib.sha256((self.path / name).read_bytes()).hexdigest()
        )
        if renewed is not None:
            write_own(path, renewed)

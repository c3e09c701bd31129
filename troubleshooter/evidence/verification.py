"""Finds what was altered, removed or added in a run since it was written or signed, and who signed it; offline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from troubleshooter.diagnose.consistency import contradicts_itself
from troubleshooter.errors import InputError
from troubleshooter.evidence import manifest, timestamps
from troubleshooter.evidence.integrity import by_name, by_record
from troubleshooter.evidence.record_file import RECORD, SUMMARY
from troubleshooter.evidence.run_folder import ABOUT_FILES, ENVELOPE, MANIFEST, TIMESTAMP, is_rendered
from troubleshooter.evidence.signing import Envelope, VerifyingKey, envelope_in
from troubleshooter.evidence.stored_files import EXPECTED, StoredFiles, read_folder
from troubleshooter.evidence.timestamps import Checked, Timestamp
from troubleshooter.evidence.zip_files import read_zip
from troubleshooter.model.fingerprint import fingerprint
from troubleshooter.model.notes import NOTES, notes_in
from troubleshooter.model.records import Record


class Signed(StrEnum):
    """Whether a run is signed."""

    NO = "no"
    NOT_CHECKED = "not-checked"
    """It has a signature, but no key was given to check it with."""
    BY_KEY = "by-key"
    """By the key that was given."""
    NOT_BY_KEY = "not-by-key"
    """Not by the key that was given: by another one, by none, or the signature is about something else."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a file."""

    file: str
    what: str


@dataclass(frozen=True)
class Verification:
    """What a check of a run's files has found."""

    files: int
    """The number of files that the manifest names."""
    wrong: tuple[Wrong, ...]
    """Files that are not as the run left them."""
    signed: Signed
    key_ids: tuple[str, ...] = ()
    """The keys that claim to have signed."""
    unsigned_notes: int = 0
    """Notes that were added after signing."""
    fingerprint: str = ""
    """That of the record and its evidence as they are now, which the report shows; empty for a run of many."""
    timestamp: Timestamp | None = None
    """When it was signed, as a service says; None if no service says it."""
    cannot_tell: str = ""
    """Why nothing shows whether files were changed; empty if something does."""

    @property
    def unaltered(self) -> bool:
        """Whether every file is as the run left it, and signed by the key and the service that were named."""
        stamped = self.timestamp is None or self.timestamp.checked is not Checked.NOT_TRUSTED
        return not self.wrong and not self.cannot_tell and self.signed is not Signed.NOT_BY_KEY and stamped


def verify(files: StoredFiles, key: VerifyingKey | None = None, root: Any = None) -> Verification:  # noqa: ANN401
    """Check the files of a run by its signed manifest, else by its manifest, and by what they say of each other.

    Args:
        key: the key that the run has to be signed with.
        root: the certificate that the timestamp has to descend from.
    """
    data, envelope = files.texts.get(MANIFEST), _envelope(files)
    expected = manifest.digests_in(envelope.payload if envelope else data or b"")
    found: dict[str, str] = {}
    if ENVELOPE in files.digests and (envelope is None or expected is None):
        found[ENVELOPE] = "is not readable as a signed manifest"
        expected = manifest.digests_in(data or b"")
    notes = _Notes.of(files, expected or {}, signed=envelope is not None)
    record = _record(files)
    found |= (
        {name: said.text for name, said in (*by_record(record, files.digests), *by_name(files.digests))}
        if record
        else {}
    )
    found |= dict(_compared(files, expected, notes)) if expected is not None else {}
    found |= dict(_of_manifest(files, envelope, record))
    timestamp = _timestamp(files, root)
    if timestamp and timestamp.checked is Checked.UNREADABLE:
        found[TIMESTAMP] = "is not a timestamp of this signature"
    return Verification(
        files=len(expected or {}),
        wrong=tuple(Wrong(name, what) for name, what in sorted(found.items())),
        signed=_signed(envelope, key),
        key_ids=tuple(one.key_id for one in envelope.signatures) if envelope else (),
        unsigned_notes=notes.added,
        fingerprint=fingerprint(files.digests),
        timestamp=timestamp,
        cannot_tell="" if expected is not None else _why_not(files),
    )


def read(run: Path) -> StoredFiles:
    """Return the files of the run in a folder or a zip file.

    Raises:
        InputError: it is not a run, can't be read, or is not safe to read.
    """
    files = read_folder(run) if run.is_dir() else read_zip(run)
    if not {RECORD, SUMMARY, MANIFEST, ENVELOPE} & files.digests.keys():
        raise InputError(str(run), f"has no record and no manifest; {EXPECTED}")
    return files


def before_signing(files: StoredFiles) -> Verification:
    """Check the files of a run by its manifest; by an earlier signature only what is not written again after it."""
    replaced = (ENVELOPE, TIMESTAMP)
    digests = {name: digest for name, digest in files.digests.items() if name not in replaced}
    texts = {name: data for name, data in files.texts.items() if name not in replaced}
    found = verify(StoredFiles(digests, texts, files.links))
    if ENVELOPE not in files.digests:
        return found
    known = {wrong.file for wrong in found.wrong} | {TIMESTAMP}
    since = (wrong for wrong in verify(files).wrong if wrong.file not in known and not is_rendered(wrong.file))
    return replace(found, wrong=(*found.wrong, *since))


@dataclass(frozen=True)
class _Notes:
    """What became of the notes since the manifest was written."""

    appended: bool
    """Whether lines were added to the end of the file, and nothing else was done to it."""
    added: int = 0

    @classmethod
    def of(cls, files: StoredFiles, expected: dict[str, str], *, signed: bool) -> _Notes:
        """Return it; only a signature shows which notes were there before."""
        data = files.texts.get(NOTES)
        if not signed or data is None or expected.get(NOTES) == files.digests[NOTES]:
            return cls(False)
        digest, lines = expected.get(NOTES), data.splitlines(keepends=True)
        before, known = hashlib.sha256(), 0 if digest is None else None
        for number, line in enumerate(lines, start=1):
            before.update(line)
            if before.hexdigest() == digest:
                known = number
        return cls(False) if known is None else cls(True, len(notes_in(b"".join(lines[known:]))))


def _envelope(files: StoredFiles) -> Envelope | None:
    return envelope_in(files.texts[ENVELOPE]) if ENVELOPE in files.texts else None


def _compared(files: StoredFiles, expected: dict[str, str], notes: _Notes) -> Iterator[tuple[str, str]]:
    """Yield the files that are not as a manifest says."""
    now = files.digests
    yield from ((name, "is a link; a run writes none") for name in files.links)
    for name in expected.keys() - now.keys() - set(files.links):
        yield name, "is missing"
    for name in now.keys() - expected.keys():
        if not _says_what_others_are(name) and not (name == NOTES and notes.appended):
            yield name, "was added"
    for name in expected.keys() & now.keys():
        if expected[name] == now[name] or (name == NOTES and notes.appended):
            continue
        if is_rendered(name) and ENVELOPE in now:
            yield name, "was rendered again after it was signed, or changed; sign it again if you rendered it"
        else:
            yield name, "was changed"


def _says_what_others_are(name: str) -> bool:
    """Return whether a file is a manifest or a signature, of the run itself or of one user's run in it."""
    *folders, last = name.split("/")
    return last in ABOUT_FILES and (not folders or (folders[0] == "runs" and len(folders) == 2))


def _of_manifest(files: StoredFiles, envelope: Envelope | None, record: Record | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the manifest itself, or with the record that it describes."""
    data = files.texts.get(MANIFEST)
    if data is not None and manifest.digests_in(data) is None:
        yield MANIFEST, "is not readable"
    elif data is None and (envelope or (record and record.finished)):
        yield MANIFEST, "is missing"
    elif data is not None and envelope and not _same_but_renewed(data, envelope.payload):
        yield MANIFEST, "is not the one that was signed"
    facts = manifest.facts_in(data or b"")
    if record and facts and (facts.get("run"), facts.get("verdict")) != (record.id, record.verdict.value):
        yield RECORD, "was changed: the manifest describes another one"
    if record and contradicts_itself(record):
        yield RECORD, "was changed: its verdict cannot follow from what it contains"


def _same_but_renewed(data: bytes, signed: bytes) -> bool:
    """Return whether two manifests agree on everything but the report and the notes, which are written again."""
    now, then = manifest.digests_in(data) or {}, manifest.digests_in(signed) or {}
    differing = {name for name in now.keys() | then.keys() if now.get(name) != then.get(name)}
    return all(name == NOTES or is_rendered(name) for name in differing) and manifest.facts_in(
        data
    ) == manifest.facts_in(signed)


def _record(files: StoredFiles) -> Record | None:
    """Return the record; None if there is none, or if it can't be read, which its SHA-256 does not need."""
    try:
        return Record.model_validate_json(files.texts[RECORD])
    except (KeyError, ValidationError):
        return None


def _timestamp(files: StoredFiles, root: Any) -> Timestamp | None:  # noqa: ANN401 - a certificate
    answer, envelope = files.texts.get(TIMESTAMP), files.texts.get(ENVELOPE)
    if answer is None:
        return Timestamp(Checked.NOT_TRUSTED) if root is not None else None
    return timestamps.read(answer, envelope or b"", root)


def _signed(envelope: Envelope | None, key: VerifyingKey | None) -> Signed:
    if key is None:
        return Signed.NOT_CHECKED if envelope else Signed.NO
    return Signed.BY_KEY if envelope and key.verifies(envelope) else Signed.NOT_BY_KEY


def _why_not(files: StoredFiles) -> str:
    if MANIFEST in files.digests:
        return "the manifest is not readable"
    return "there is no manifest: the run ended before it was written, or it was deleted"

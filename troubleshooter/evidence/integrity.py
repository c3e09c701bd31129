"""Finds what in a run's folder is not as the run left it: by the manifest, the files' own names, and the record.

Whoever changes files can also rewrite the manifest beside them, so the other two are checked as well. A run that
crashed has no manifest and needs none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from troubleshooter.evidence.record_file import RECORD
from troubleshooter.evidence.run_folder import EVIDENCE, MANIFEST, REPORT, RunFolder
from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Record

_NAMED_BY_HASH = re.compile(rf"{EVIDENCE}/([0-9a-f]{{64}})(\.[a-z0-9-]+)*")
_CHANGED = message("was changed after the check")
_MISSING = message("is missing")
_ADDED = message("was added after the check")


def discrepancies(folder: RunFolder, record: Record, renewed: Container[str] = (REPORT,)) -> list[Discrepancy]:
    """Return the files that are not as the run left them, each with what is wrong.

    Args:
        renewed: reports that are about to be written again, and therefore are not checked.
    """
    now = folder.digests()
    found = {**dict(by_record(record, now)), **dict(by_name(now)), **dict(_by_manifest(folder, record, now))}
    return [Discrepancy.from_message(why, file=file) for file, why in sorted(found.items()) if file not in renewed]


def altered(folder: RunFolder, renewed: Collection[str] = (REPORT,)) -> list[str]:
    """Return the files, except the reports in `renewed`, whose content is not that of the manifest, if there is one."""
    manifest, now = folder.sealed() or {}, folder.digests()
    return sorted(name for name in manifest.keys() & now.keys() - set(renewed) if manifest[name] != now[name])


def _by_manifest(folder: RunFolder, record: Record, now: dict[str, str]) -> Iterator[tuple[str, Message]]:
    manifest = folder.sealed()
    if manifest is None:
        if (folder.path / MANIFEST).exists():
            yield MANIFEST, message("is not readable, so nothing shows whether other files were changed")
        elif record.finished is not None:
            yield MANIFEST, message("is missing although the check finished: it was deleted or never written")
        return
    for name in manifest.keys() | now.keys():
        if name not in now:
            yield name, _MISSING
        elif name not in manifest:
            yield name, _ADDED
        elif manifest[name] != now[name]:
            yield name, _CHANGED


def by_name(now: Mapping[str, str]) -> Iterator[tuple[str, Message]]:
    """Yield the files of evidence that are not what their names say, each with what is wrong."""
    for name, digest in now.items():
        if not name.startswith(f"{EVIDENCE}/"):
            continue
        named = _NAMED_BY_HASH.fullmatch(name)
        if named is None:
            yield name, _ADDED
        elif named[1] != digest:
            yield name, _CHANGED


def by_record(record: Record, now: Mapping[str, str]) -> Iterator[tuple[str, Message]]:
    """Yield what a record and the files `now`, with their SHA-256, say differently of each other."""
    for path in _paths(record):
        if path not in now:
            yield path, _MISSING
    shown = [(s.shot, s.sha256) for s in record.sightings if s.shot and s.sha256]
    shown += [(given.shot, given.sha256) for given in (record.expected, record.photo) if given]
    if any(hashed not in shot for shot, hashed in shown):
        yield RECORD, message("names a different picture from the one that was taken")


def _paths(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a record holds
    """Yield the evidence files that are named anywhere in a record."""
    if isinstance(value, BaseModel):
        value = [getattr(value, name) for name in type(value).model_fields]
    elif isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _paths(inner)
    elif isinstance(value, str) and _NAMED_BY_HASH.fullmatch(value):
        yield value

"""Writes the copy of a run that may leave the company as a folder of its own; proves that nobody is named in it."""

from __future__ import annotations

import json
from pathlib import Path

from troubleshooter.errors import InputError
from troubleshooter.evidence.outside import Tiles, identities_of, outside_record, remaining
from troubleshooter.evidence.outside.stand_ins import ACCOUNT, SUBJECT, TENANT
from troubleshooter.evidence.outside.texts import harmless_id
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.records import Record
from troubleshooter.report import render, style_file

SUFFIX = "redacted"


def outside_copy(record: Record, out: Path, lang: str) -> tuple[Record, RunFolder]:
    """Write a copy of `record` into a new folder in `out`; return its record and its folder.

    Nothing of the run's own folder is copied: the record is built from what cannot name anybody, the pictures are
    drawn, and report and manifest are made from these.

    Raises:
        InputError: `out` can't be written to, or the copy would still name somebody; nothing is left of it then.
    """
    folder = RunFolder.new(out, f"{harmless_id(record.scenario, 'scenario')}-{SUFFIX}", record.started)
    try:
        copy = outside_record(record, Tiles(record, folder), folder.path.name)
        folder.write_record(copy)
        # The ticket's text and a command in the report name the folder, whose path may name somebody.
        folder.write_style(style_file())
        report = render(copy, folder.path, lang=lang)
        for path in (folder.path.absolute(), folder.path):
            report = report.replace(str(path), folder.path.name)
        folder.write_report(report)
        folder.seal()
        known = identities_of(record, str(folder.path.parent.resolve())).without_words_of(_own_words(record, lang))
        found = remaining(folder.path, known)
    except BaseException:
        folder.discard()
        raise
    if found:
        folder.discard()
        files = ", ".join(sorted({name for name, _ in found}))
        why = f"the copy would still contain a name, an address or a digest of the run, in {files}; it was not kept"
        raise InputError("--redact-subject", why)
    return copy, folder


def _own_words(record: Record, lang: str) -> str:
    """Return what a copy contains about anybody: a person's name may be a word of it."""
    blank = Record(id="", scenario="", tenant=TENANT, subject=SUBJECT, account=ACCOUNT, started=record.started)
    return render(blank, Path(), lang=lang) + blank.model_dump_json() + json.dumps(Record.model_json_schema())

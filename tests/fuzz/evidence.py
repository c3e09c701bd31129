"""What may come in the files that say whether a run was altered, and in zip files of runs; and how it is read."""

from __future__ import annotations

import base64
import io
import json
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from troubleshooter.errors import InputError
from troubleshooter.evidence.manifest import digests_in, facts_in, with_digest
from troubleshooter.evidence.signing import envelope_in
from troubleshooter.evidence.verification import before_signing, read, verify
from troubleshooter.report.proof import proof
from troubleshooter.report.wording import Moment
from troubleshooter.run.reports_index import write_index

NOW = datetime(2026, 11, 22, tzinfo=UTC)
_DIGEST = "a" * 64
_MANIFEST = {
    "_type": "https://in-toto.io/Statement/v1",
    "subject": [{"name": "record.json", "digest": {"sha256": _DIGEST}}],
    "predicateType": "urn:troubleshooter:run:v1",
    "predicate": {"run": "r", "verdict": "in-sync"},
}
_ENVELOPE = {
    "payloadType": "application/vnd.in-toto+json",
    "payload": base64.b64encode(json.dumps(_MANIFEST).encode()).decode(),
    "signatures": [{"keyid": _DIGEST, "sig": "AAAA"}],
}
_NOTE = {"at": "2026-11-22T10:00:00Z", "by": "ana", "text": "note"}
_INDEX = {"schema": 1, "lang": "en", "runs": [{"folder": "run", "stamp": "x", "started": "2026-11-22T10:00:00Z"}]}
_FILES = {
    "manifest.json": _MANIFEST,
    "manifest.dsse.json": _ENVELOPE,
    "manifest.dsse.json.tsr": {},
    "notes.jsonl": _NOTE,
    "index.json": _INDEX,
    "record.json": {"id": "run", "scenario": "photo-differs", "started": "2026-11-22T10:00:00Z", "diagnoses": []},
    "summary.json": {"id": "run", "tenant": "Contoso", "started": "2026-11-22T10:00:00Z", "counts": {}, "causes": {}},
}


def files(anything: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, str]]:
    """Return one of the files with one of its fields replaced, or any JSON in it."""

    def changed(name: str, at: int, value: Any) -> tuple[str, str]:
        sample = _FILES[name]
        keys = sorted(sample) or ["x"]
        return name, json.dumps({**sample, keys[at % len(keys)]: value})

    whole = st.tuples(st.sampled_from(sorted(_FILES)), anything.map(json.dumps))
    return st.one_of(st.builds(changed, st.sampled_from(sorted(_FILES)), st.integers(0, 20), anything), whole)


def check_file(found: tuple[str, str]) -> None:
    """Read a run, and a folder of reports, in which one file contains anything."""
    name, content = found
    data = content.encode("utf-8", "surrogatepass")
    digests_in(data)
    facts_in(data)
    with_digest(data, "x", _DIGEST)
    envelope_in(data)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "run"
        folder.mkdir()
        (folder / "manifest.json").write_text(json.dumps(_MANIFEST))
        (folder / name).write_bytes(data)
        verify(read(folder))
        before_signing(read(folder))
        proof(folder, lambda at: Moment("", "", ""))
        if name == "index.json":
            (Path(place) / name).write_bytes(data)
        try:
            write_index(Path(place), NOW)
        except InputError as error:
            assert name == "index.json", error


def archives() -> st.SearchStrategy[bytes]:
    """Return zip files of runs with some of their bytes changed, cut, or with names that no run has."""

    def damaged(name: str, at: float, byte: int, cut: bool) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("run/manifest.json", json.dumps(_MANIFEST))
            archive.writestr(f"run/{name}", "{}")
        data = bytearray(buffer.getvalue())
        place = int(at * (len(data) - 1))
        data[place] = byte
        return bytes(data[:place] if cut else data)

    names = st.sampled_from(["record.json", "a/b", "notes.jsonl", "é"])
    return st.builds(damaged, names, st.floats(0, 1), st.integers(0, 255), st.booleans())


def check_archive(data: bytes) -> None:
    """Read a zip file, or refuse it."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "run.zip"
        path.write_bytes(data)
        try:
            verify(read(path))
        except InputError as error:
            assert str(error)

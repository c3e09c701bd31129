"""Writes and reads manifest.json: an in-toto statement with the SHA-256 of every file of a run; pure.

Earlier versions wrote a plain object of file names and digests. Both forms are read, and each keeps its form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from troubleshooter.model.untrusted_json import json_in

STATEMENT = "https://in-toto.io/Statement/v1"
"""The type of an in-toto statement, which names its version."""
PREDICATE = "urn:troubleshooter:run:v1"
"""The type of what the statement says about the files; docs/evidence.md lists its fields."""


def statement(digests: Mapping[str, str], facts: Mapping[str, Any]) -> bytes:
    """Return the manifest of files with these SHA-256 digests; the same arguments give the same bytes.

    Args:
        facts: what is said about the run as a whole, as JSON values.
    """
    return _written(
        {
            "_type": STATEMENT,
            "subject": [{"name": name, "digest": {"sha256": digests[name]}} for name in sorted(digests)],
            "predicateType": PREDICATE,
            "predicate": dict(facts),
        }
    )


def digests_in(data: bytes) -> dict[str, str] | None:
    """Return the SHA-256 digests in a manifest of either form, by file; None if it is not a manifest."""
    found = _parsed(data)
    if found is None:
        return None
    pairs = _subjects(found) if _is_statement(found) else list(found.items())
    if pairs is None or not all(isinstance(part, str) for pair in pairs for part in pair):
        return None
    digests = dict(pairs)
    return digests if len(digests) == len(pairs) else None


def facts_in(data: bytes) -> dict[str, Any]:
    """Return what a manifest says about the run as a whole; empty if it says nothing."""
    facts = (_parsed(data) or {}).get("predicate")
    return facts if isinstance(facts, dict) else {}


def with_digest(data: bytes, name: str, digest: str) -> bytes | None:
    """Return the manifest `data` with another digest for one file, which is added if it is not there.

    Returns:
        None if `data` is not a manifest.
    """
    digests, found = digests_in(data), _parsed(data)
    if digests is None or found is None:
        return None
    if not _is_statement(found):
        return _written({**found, name: digest})
    others = [entry for entry in found["subject"] if entry["name"] != name]
    subject = sorted([*others, {"name": name, "digest": {"sha256": digest}}], key=lambda entry: str(entry["name"]))
    return _written({**found, "subject": subject})


def _written(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()


def _parsed(data: bytes) -> dict[str, Any] | None:
    try:
        found = json_in(data)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _is_statement(found: Mapping[str, Any]) -> bool:
    return found.get("_type") == STATEMENT


def _subjects(found: Mapping[str, Any]) -> list[tuple[Any, Any]] | None:
    """Return the names and digests of a statement; None if one of its subjects is not a file with a SHA-256."""
    try:
        return [(entry["name"], entry["digest"]["sha256"]) for entry in found["subject"]]
    except (KeyError, TypeError):
        return None

"""What a manifest says about a run as a whole: who was checked, with which inputs and versions, when, the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from troubleshooter import __version__
from troubleshooter.evidence.record_file import RECORD, SUMMARY
from troubleshooter.model.untrusted_json import json_in

_OF_RECORD = (
    *("scenario", "tenant", "sandbox", "subject", "account", "started", "finished", "verdict", "reason"),
    *("inputs", "versions"),
)
"""Fields of a record that the manifest repeats."""
_OF_SUMMARY = ("tenant", "sandbox", "accounts", "shard", "total", "started", "counts")
"""Fields of a run of many users that the manifest repeats; its inputs are in its journal."""


def facts_of(folder: Path) -> dict[str, Any]:
    """Return the facts about the run in `folder`, from its record or its summary, which are redacted."""
    if record := _read(folder / RECORD):
        return of_record(record)
    if summary := _read(folder / SUMMARY):
        return of_summary(summary)
    return {"run": folder.name}


def of_record(record: dict[str, Any]) -> dict[str, Any]:
    """Return the facts in a record of one user."""
    return {"run": record.get("id"), **{name: record.get(name) for name in _OF_RECORD}}


def of_summary(summary: dict[str, Any]) -> dict[str, Any]:
    """Return the facts in the summary of a run of many users."""
    return {
        "run": summary.get("id"),
        "scenario": "verify",
        **{name: summary.get(name) for name in _OF_SUMMARY},
        "finished": summary.get("ended"),
        "versions": {"product": __version__},
    }


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json_in(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None

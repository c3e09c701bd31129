"""Whole runs with a mutation: what a visit says about a page, they say about the verdict."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from scenarios import SCENARIOS
from troubleshooter.diagnose import exit_code
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.tenant.sandbox import sandbox, tenant_of

from .cases import Case
from .visits import PAGE, SUBJECT

FAULTS = ("healthy", "stale-copy")
_SCENARIO = {"onedrive": "resync-photo", "photo-window": "add-photo"}
"""The scenario of a visit, where it is not `photo-differs`."""
_OPPOSITE = {"healthy": ("out-of-sync", "no-photo"), "stale-copy": ("in-sync", "no-photo")}
"""The verdicts that would be wrong, by what is planted."""


async def run(case: Case, fault: str, photo: Path) -> dict[str, Any]:
    """Make the scenario that uses the element, with the mutation on every page; return how it ended."""
    kind, _, layout = case.visit.partition("@")
    scenario = _SCENARIO.get(kind, "photo-differs")
    given: dict[str, Any] = {"photo": photo, "allow_changes": True} if scenario == "add-photo" else {}
    if scenario == "photo-differs":
        given |= {"subject": SUBJECT, "pages": (PAGE,)}
    with tempfile.TemporaryDirectory(prefix="matrix-") as out, sandbox(fault, layout=layout) as box:
        box.state.mutations[""] = case.mutation
        wanted = RunRequest(
            scenario=scenario,
            tenant=f"sandbox:{fault}@{layout}",
            account="helpdesk" if kind == "page-colleague" else "ana",
            out=Path(out),
            timeout=10,
            ui_locale="en-US",
            **given,
        )
        finished = await execute.run(prepare(wanted, tenant_of(box), SCENARIOS))
        touched = [how for _, how in box.state.decoys_touched]
        passwords = len(box.journal.credentials)
    record = finished.record
    named = [match.id for match in record.locators if match.by == "nothing"]
    wrong = record.verdict in _OPPOSITE[fault] or bool(touched) or passwords > 1
    return {
        "verdict": record.verdict.value, "reason": record.reason.value if record.reason else None,
        "exit": exit_code(record), "touched": touched, "passwords": passwords, "missed": named, "wrong": wrong,
    }  # fmt: skip

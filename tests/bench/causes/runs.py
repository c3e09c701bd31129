"""Runs `photo-differs` against one fault in a sandbox that keeps running."""

from __future__ import annotations

import asyncio
import dataclasses
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scenarios import SCENARIOS
from tests.support.expected_outcomes import EXPECTED
from tests.support.profiles import used
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.records import Record
from troubleshooter.run import conclusion, execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.sandbox.pictures import jpeg
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.sandbox import tenant_of

SUBJECTS = ("ana.popescu@contoso.com", "jurgen.muller@contoso.com", "sofia.rossi@contoso.com")
"""Users whose photos are checked, in rotation by seed."""
ROLES = ("own", "colleague")


@dataclass(frozen=True)
class Case:
    """A run to make: the fault, the viewer's role and the seed."""

    fault: str
    role: str
    seed: int


@dataclass(frozen=True)
class Outcome:
    """The result of a run."""

    fault: str
    role: str
    seed: int
    verdict: str
    reason: str | None
    causes: list[list[str]]
    """Id and confidence of each diagnosis, best first."""
    seconds: float
    run: str = ""
    """Name of the run's folder, if folders are kept."""


def measured() -> list[str]:
    """Return the faults that have a cause, and `healthy`."""
    return [fault for fault, expected in EXPECTED.items() if expected.cause or fault == "healthy"]


def make(box: Running, case: Case, keep: Path | None = None) -> Outcome:
    """Apply the fault of `case` to the sandbox `box`, run `photo-differs` against it, and return the outcome."""
    expected, state = EXPECTED[case.fault], box.state
    state.seed, state.subject = case.seed, SUBJECTS[(case.seed - 1) % len(SUBJECTS)]
    state.sessions.clear()
    box.set_fault(case.fault)
    where = tenant_of(box)
    person = Account(username=state.subject, password=where.accounts["ana"].password)
    where = dataclasses.replace(where, accounts={**where.accounts, "subject": person})
    signs_in = "subject" if case.role == "own" else "helpdesk"
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        profile = None
        if expected.profile_saw:
            box.set_fault(expected.profile_saw)
            upn = where.accounts[signs_in].username
            profile = asyncio.run(used(Path(folder) / "profile", box, upn, where.default_pages))
            box.set_fault(case.fault)
        expect = None
        if expected.needs_expected_photo:
            expect = Path(folder) / "wanted.jpg"
            expect.write_bytes(jpeg(state.photo_of(state.subject), 0, "people-service"))
        wanted = RunRequest(
            scenario="photo-differs",
            tenant="sandbox",
            account=signs_in,
            subject=state.subject,
            expect=expect,
            changed_at=datetime.now(UTC) - expected.changed if expected.changed else None,
            also_profile=profile,
            surfaces=("all",) if expected.surfaces or expected.cause is None else (),
            out=keep or Path(folder),
            timeout=40,
        )
        record = asyncio.run(execute.run(prepare(wanted, where, SCENARIOS))).record
    return _outcome(case, record, time.monotonic() - began)


def _outcome(case: Case, record: Record, seconds: float) -> Outcome:
    return Outcome(
        case.fault,
        case.role,
        case.seed,
        record.verdict.value,
        record.reason.value if record.reason else None,
        [[d.cause, d.confidence.value] for d in record.diagnoses],
        seconds,
        record.id,
    )


def judged_again(before: Outcome, keep: Path) -> Outcome:
    """Return the outcome of an earlier run, kept in `keep`, under the current rules."""
    folder = RunFolder(keep / before.run)
    record = conclusion.finish(folder.read_record(), folder)
    return _outcome(Case(before.fault, before.role, before.seed), record, before.seconds)

"""Runs `verify` for the tests, in this process and in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios import SCENARIOS
from troubleshooter.batch.conclusion import conclude, write_beginning
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.batch.start import Begun, begin, resume
from troubleshooter.batch.verify import Batch, verify
from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.run.prepared import PreparedRun, prepare
from troubleshooter.run.request import RunRequest, RunSettings
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import tenant_of
from troubleshooter.tenant.tenant import Tenant

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Verified:
    """A run of many users that has ended."""

    folder: Path
    summary: Summary
    results: Sequence[UserResult]
    attempts: Sequence[tuple[str, str]]
    """The accounts that signed in, and with which outcome."""

    def verdicts(self) -> dict[str, str]:
        """Return the verdict of each user."""
        return {result.upn: result.verdict.value for result in self.results}


async def verified(
    box: Running,
    users: str,
    folder: Path,
    done: Callable[[UserResult, Ending], None] = lambda result, ending: None,
    *,
    tenant: Tenant | None = None,
    again: bool = False,
    **given: Any,
) -> Verified:
    """Check the users of a list in the sandbox `box`; `given` are options of `verify`.

    Args:
        tenant: the tenant file's content; default: that of `box`.
        again: whether to continue the run that was begun before in this folder.
    """
    begun = _begun(tenant or tenant_of(box), users, folder, given, again=again)
    work = Batch(
        begun.folder.path,
        begun.journal,
        begun.accounts,
        begun.own,
        begun.workers,
        begun.request.rate,
        confirm=not begun.request.no_confirm,
        done=done,
    )
    ended = await verify(work)
    attempts = [(attempt.account, attempt.outcome.value) for attempt in begun.journal.sign_ins.all()]
    summary, results, _ = conclude(begun, ended, "en")
    return Verified(begun.folder.path, summary, results, attempts)


def _begun(tenant: Tenant, users: str, folder: Path, given: Mapping[str, Any], *, again: bool) -> Begun:
    file = folder / "users.csv"
    file.write_text(users, encoding="utf-8")
    options = {"accounts": ("helpdesk",), "rate": 0, "workers": 2, **given}
    request = VerifyRequest(users=file, tenant="sandbox", run_dir=folder / "run", **options)
    settings = RunSettings(out=folder, timeout=20, non_interactive=True)

    def prepared(wanted: RunRequest) -> PreparedRun:
        return prepare(wanted, tenant, SCENARIOS, None)

    begun = (
        resume(folder / "run", request, settings, tenant, prepared)
        if again
        else begin(request, settings, tenant, prepared)
    )
    write_beginning(begun)
    return begun


def command(*given: str, password: str) -> tuple[list[str], dict[str, str]]:
    """Return a command line of `troubleshooter verify`, and its environment."""
    environment = {**os.environ, "TROUBLESHOOTER_SANDBOX_PASSWORD": password, "PYTHONPATH": str(ROOT)}
    return [sys.executable, "-m", "troubleshooter", "verify", *given], environment


def ran(*given: str, password: str) -> tuple[int, dict[str, Any], str]:
    """Run `verify --json`; return its exit code, its summary, and what it says."""
    line, environment = command(*given, "--json", password=password)
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr

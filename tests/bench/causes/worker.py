"""A process that keeps one sandbox running and makes runs against it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from tests.bench.causes.runs import Case, Outcome, make
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import sandbox

_BOX: list[Running] = []
_OPEN = ExitStack()
"""Keeps the sandbox open as long as the process lives."""


def begin() -> None:
    """Start the process's sandbox."""
    _BOX.append(_OPEN.enter_context(sandbox("healthy")))


def measure(job: tuple[Case, Path | None]) -> Outcome:
    """Make one run and return its outcome."""
    try:
        return make(_BOX[0], *job)
    except Exception as error:  # some exceptions cannot be pickled for the parent process
        raise RuntimeError(f"{job[0]}: {error!r}") from None

"""A fixed part of the matrix of disturbances: whole runs on the command line, checked as every row is.

`python -m tests.matrix.disturbances` makes all of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.tools import ROOT

from .disturbances.rows import Row, rows

PART = (
    Row("photo-differs", "stale-copy", "ana", "reset", "sharepoint"),
    Row("resync-photo", "healthy", "ana", "500", "sign-in"),
    Row("add-photo", "healthy", "ana", "disk-full", "home"),
)
"""Rows that end early, one for each scenario."""


@pytest.mark.run
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the processes of a run in /proc")
@pytest.mark.parametrize("row", PART, ids=lambda row: row.key)
def test_a_disturbed_run_ends_as_allowed_and_leaves_nothing_behind(row: Row, tmp_path: Path):
    """Verdict, reason, exit code, evidence, report, processes, temporary files, time, and passwords."""
    assert row in rows()
    rest = ["--rows", str(tmp_path / "rows.json"), "--jobs", "1", "--only", row.key]
    made = subprocess.run(
        [sys.executable, "-m", "tests.matrix.disturbances", *rest],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 of" in made.stdout
    assert (0, made.stdout) == (made.returncode, made.stdout)

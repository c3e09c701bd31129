"""`report` renders a run of many users again, and its exit code is that of the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.model.enums import Verdict

from ..batch.made import result
from ..batch.stored import stored

CHECKED = {
    "in sync": (Verdict.IN_SYNC, 0),
    "out of sync": (Verdict.OUT_OF_SYNC, 1),
    "unclear": (Verdict.INCONCLUSIVE, 4),
}


@pytest.mark.parametrize("what", CHECKED)
def test_a_run_of_many_users_is_rendered_again(what: str, tmp_path: Path):
    """The page is there again, in its own language and in the one asked for, each in its own file."""
    verdict, code = CHECKED[what]
    folder = stored(tmp_path / "run", [result(1, verdict=verdict)])
    (folder / "index.html").unlink()
    done = CliRunner().invoke(app, ["report", str(folder), "--lang", "ro"])
    assert (code, f"{folder / 'index.ro.html'}\n") == (done.exit_code, done.stdout)
    assert '<html lang="ro' in (folder / "index.ro.html").read_text(encoding="utf-8")
    assert '<html lang="en' in (folder / "index.html").read_text(encoding="utf-8")
    again = CliRunner().invoke(app, ["report", str(folder), "--json"])
    assert 1 == json.loads(again.stdout)["total"]


def test_a_file_that_was_changed_is_named(tmp_path: Path):
    """Exit code 4, and a line that says which file."""
    folder = stored(tmp_path / "run", [result(1)])
    (folder / "findings.csv").write_text("nothing", encoding="utf-8")
    done = CliRunner().invoke(app, ["report", str(folder)])
    assert 4 == done.exit_code
    assert "findings.csv: was changed after the check" in done.stderr

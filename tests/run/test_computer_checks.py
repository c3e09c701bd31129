"""`doctor` tells what is wrong with the disk, the reports folder and the display, each with what to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from troubleshooter.run import computer_checks
from troubleshooter.run.checkup import Row, State
from troubleshooter.run.computer_checks import computer_rows

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions, and always a display")


def rows(out: Path, *, headed: bool = False) -> dict[str, Row]:
    """Return the rows by what they checked."""
    return {row.what: row for row in computer_rows(out, headed=headed)}


def with_free(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    monkeypatch.setattr(
        computer_checks.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, megabytes * 10**6)
    )


def test_a_healthy_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder that can be written to, or created, is fine, and nothing is left in it."""
    with_free(monkeypatch, 5000)
    for out in (tmp_path, tmp_path / "not" / "there"):
        assert [State.OK] * 2 == [rows(out)[what].state for what in ("disk", "temporary files")]
    assert "5 GB left" in rows(tmp_path)["disk"].says
    assert "display" not in rows(tmp_path)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("megabytes", "state"), [(99, State.FAIL), (100, State.NOTE), (999, State.NOTE), (1000, State.OK)]
)
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int, state: State):
    """Too little room for a run fails, and little room is a note."""
    with_free(monkeypatch, megabytes)
    assert state is rows(tmp_path)["disk"].state


def test_a_folder_that_is_in_the_way_fails(tmp_path: Path):
    """An `--out` below a file can't be written to, and the row says what to do."""
    (tmp_path / "file").touch()
    row = rows(tmp_path / "file" / "reports")["disk"]
    assert State.FAIL is row.state
    assert "name another folder with --out" in row.says


def test_runs_that_others_can_read_are_told(tmp_path: Path):
    """A run from before that others can read is a note with the command that closes it; a closed one is fine."""
    run = tmp_path / "20261122T104107Z-photo-differs"
    run.mkdir(0o700)
    tmp_path.chmod(0o755)
    assert State.OK is rows(tmp_path)["permissions"].state
    run.chmod(0o755)
    row = rows(tmp_path)["permissions"]
    assert State.NOTE is row.state
    assert f"({run.name}): chmod -R go-rwx {tmp_path}/*" in row.says
    tmp_path.chmod(0o700)  # nobody gets that far
    assert State.OK is rows(tmp_path)["permissions"].state


def test_a_folder_that_others_can_change_is_told(tmp_path: Path):
    """A reports folder in which others can remove runs is a note; a sticky one, as /tmp, is fine."""
    tmp_path.chmod(0o777)
    assert "can remove" in rows(tmp_path)["permissions"].says
    tmp_path.chmod(0o1777)
    assert State.OK is rows(tmp_path)["permissions"].state


@pytest.mark.parametrize(("display", "state"), [("", State.FAIL), (":0", State.OK)])
def test_a_display_is_needed_only_for_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, display: str, state: State
):
    """With `--headed` or interactive sign-in, a computer without a display fails."""
    monkeypatch.setattr("platform.system", lambda: "Linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if display:
        monkeypatch.setenv("DISPLAY", display)
    assert state is rows(tmp_path, headed=True)["display"].state

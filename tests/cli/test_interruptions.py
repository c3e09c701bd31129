"""Signals and the time limit end a command as they should, and leave a report that says where it ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .program import PROGRAM, troubleshooter


@pytest.mark.run
@pytest.mark.parametrize(("name", "code", "line"), [("SIGINT", 130, "interrupted"), ("SIGTERM", 4, "ended by SIGTERM")])
def test_doctor_prints_one_line_when_it_is_interrupted(name: str, code: int, line: str, tmp_path: Path):
    """Ctrl-C or SIGTERM during a sign-in makes `doctor` print one line without a traceback."""
    process = subprocess.Popen(
        [*PROGRAM, "doctor", "--tenant", "sandbox:slow-sign-in", "--as", "ana"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stderr
    progress = [process.stderr.readline(), process.stderr.readline()]
    assert "Signing in as ana …\n" == progress[1]
    end = os.kill if name == "SIGTERM" else os.killpg
    end(process.pid, getattr(signal, name))
    _, errors = process.communicate(timeout=60)
    assert (code, f"troubleshooter: {line}\n") == (process.returncode, errors)


def test_ctrl_c_during_an_import_exits_with_130(tmp_path: Path):
    """Ctrl-C while a dataclass is being created exits with code 130 instead of ending the process by the signal."""
    (tmp_path / "interrupted.py").write_text(
        "import typer\n"
        "from troubleshooter.cli.console import guarded\n"
        "@guarded\n"
        "def command() -> None:\n"
        "    exec('raise KeyboardInterrupt')\n"
        "typer.run(command)\n"
    )
    done = subprocess.run([sys.executable, "-m", "interrupted"], cwd=tmp_path, capture_output=True, check=False)
    assert (130, b"troubleshooter: interrupted\n") == (done.returncode, done.stderr)


@pytest.mark.run
def test_a_run_that_takes_too_long_leaves_a_report_that_says_where(tmp_path: Path):
    """The limit of the run ends it as a signal would: evidence is kept, the rest is skipped, and it cannot tell."""
    done = troubleshooter("demo", "--fault", "slow-images", "--max-time", "15", "--quiet", cwd=tmp_path)
    assert 4 == done.returncode, done.stderr
    folder = next(path for path in (tmp_path / "reports").iterdir() if path.is_dir())
    record = json.loads((folder / "record.json").read_text())
    assert ("inconclusive", "time-limit", "time-limit") == (
        record["verdict"],
        record["reason"],
        record["interrupted_by"],
    )
    *passed, ended = [step for step in record["steps"] if step["status"] != "skipped"]
    assert {"passed"} == {step["status"] for step in passed}
    assert ("failed", "time-limit") == (ended["status"], ended["reason"])
    assert ended["shots"]
    assert "skipped" == record["steps"][-1]["status"]
    assert (folder / "manifest.json").exists()
    assert 15.0 == record["inputs"]["max_time"]


@pytest.mark.run
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 4), ("SIGKILL", -9)])
def test_an_interrupted_run_leaves_a_report_that_says_where(name: str, code: int, tmp_path: Path):
    """Ctrl-C and SIGTERM leave a report, after `kill -9` a report can still be rendered, and none says `in-sync`."""
    process = subprocess.Popen(
        [*PROGRAM, "demo"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr
    for line in process.stderr:
        if line.startswith("B3"):
            break
    # Ctrl-C and `kill -9` reach the whole process group; a service manager's SIGTERM reaches only the process.
    end = os.kill if name == "SIGTERM" else os.killpg
    end(process.pid, getattr(signal, name))
    process.communicate(timeout=60)
    assert code == process.returncode
    folder = next(path for path in (tmp_path / "reports").iterdir() if path.is_dir())
    if name == "SIGKILL":
        assert not (folder / "manifest.json").exists()
        assert 4 == troubleshooter("report", str(folder), cwd=tmp_path).returncode
    else:
        last = json.loads((folder / "record.json").read_text())["steps"]
        ended = [s for s in last if s["reason"] == "interrupted"]
        assert 1 == len(ended)
        assert ended[0]["shots"]
    record = json.loads((folder / "record.json").read_text())
    assert ("inconclusive", "crashed" if name == "SIGKILL" else "interrupted") == (record["verdict"], record["reason"])
    assert "B4" in (folder / "index.html").read_text() or name == "SIGKILL"

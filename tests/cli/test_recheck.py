"""`recheck` as other programs see it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from support.once import held

from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import Stop

from ..run.runs import HOUR, NOON, made
from .program import PAGE, PROGRAM, troubleshooter


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the `reports` of a run in a sandbox."""
    with held(tmp_path_factory, "earlier") as made:
        if not (made / "reports").exists():
            args = ("run", "photo-differs", "--tenant", "sandbox:stale-copy", "--page", PAGE, "-q")
            done = troubleshooter(*args, cwd=made)
            assert 1 == done.returncode, done.stderr
        return Path(shutil.copytree(made, tmp_path_factory.mktemp("recheck") / "run"))


def run_of(cwd: Path) -> str:
    """Return the first run's folder, as a user would write it."""
    return f"reports/{sorted(p.name for p in (cwd / 'reports').iterdir() if p.is_dir())[0]}"


def test_a_run_in_the_sandbox_is_repeated_in_a_new_sandbox(earlier: Path):
    """A recheck repeats a sandbox run with the same inputs in a new folder, and refers to the previous run."""
    done = troubleshooter("recheck", run_of(earlier), "--json", cwd=earlier)
    record = json.loads(done.stdout)
    assert (1, "out-of-sync", "stale-copy") == (done.returncode, record["verdict"], record["sandbox"])
    assert run_of(earlier) == f"reports/{record['previous']['run']}"
    assert [PAGE] == record["inputs"]["pages"]
    assert {c["what"] for c in record["changes"]} <= {"property"}  # the new sandbox's copy has a different time


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere"], "RUN_DIR"),
        (["{run}", "--until", "24h"], "--until: ends a watch"),
        (["{run}", "--watch", "soon"], "--watch: 'soon' is not a valid duration; expected "),
        (["{run}", "--watch", "6h", "--until", "never"], "--until: 'never'; expected in-sync, a duration"),
    ],
)
def test_wrong_arguments_are_one_line_and_exit_2(args: list[str], message: str, earlier: Path):
    """Wrong arguments give one line and exit code 2; nothing runs and nothing is left behind."""
    before = sorted(earlier.rglob("*"))
    done = troubleshooter("recheck", *(a.format(run=run_of(earlier)) for a in args), cwd=earlier)
    assert (2, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert message in done.stderr
    assert before == sorted(earlier.rglob("*"))


def test_a_missing_tenant_file_is_exit_2(earlier: Path, tmp_path: Path):
    """A recheck takes its inputs from the record but secrets from the tenant file, so a missing file is bad input."""
    copy = tmp_path / "run"
    copy.mkdir()
    record = json.loads((earlier / run_of(earlier) / "record.json").read_text())
    record["inputs"]["tenant"] = str(tmp_path / "gone.toml")
    (copy / "record.json").write_text(json.dumps(record))
    done = troubleshooter("recheck", str(copy), cwd=tmp_path)
    assert (2, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "gone.toml" in done.stderr


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 4)])
def test_an_interrupted_watch_keeps_everything(name: str, code: int, earlier: Path):
    """A watch that is interrupted while it waits prints the path of the newest report and loses nothing."""
    before = sorted(p for p in earlier.rglob("*") if p.is_file() and not p.name.startswith(".watch"))
    process = subprocess.Popen(
        [*PROGRAM, "recheck", run_of(earlier), "--watch", "6h", "--until", "24h"],
        cwd=earlier,
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    assert process.stderr.readline().startswith("Next check after ")
    process.send_signal(getattr(signal, name))
    out, err = process.communicate(timeout=60)
    assert code == process.returncode, err
    assert out.strip().endswith("index.html")
    assert before == sorted(p for p in earlier.rglob("*") if p.is_file() and not p.name.startswith(".watch"))


def test_a_refused_password_is_not_sent_by_a_watch(tmp_path: Path):
    """A watch does not begin after a run whose password was refused: no run, the reason, and how to go on."""
    no = message("Refused.")
    stop = Stop(step="office-com", what=no, help=no, secret_sent=True)
    what = {"verdict": Verdict.STOPPED, "reason": Reason.WRONG_PASSWORD, "stop": stop}
    refused = made(tmp_path, NOON, inputs={"tenant": "sandbox:wrong-password"}, **what)
    run = refused.folder.path.name
    done = troubleshooter("recheck", run, "--watch", "1s", "--quiet", cwd=tmp_path)
    assert (3, f"{run}/index.html\n") == (done.returncode, done.stdout)
    assert f"The watch ends here: the run {run} ended with wrong-password" in done.stderr
    assert [refused.folder.path] == list(tmp_path.iterdir())


@pytest.mark.browser
def test_what_a_person_asks_for_is_done_once_and_said(tmp_path: Path):
    """A single recheck after a refused password retries the sign-in and says so; the last known result is kept."""
    (tmp_path / "t.toml").write_text(
        'name = "Contoso"\nsharepoint = "https://contoso.sharepoint.com"\n'
        '[accounts.ana]\nusername = "ana@contoso.com"\npassword = "env:PASSWORD_OF_ANA"\n'
    )
    page = "https://contoso.sharepoint.com/sites/hr/SitePages/Team.aspx"
    inputs = {"tenant": str(tmp_path / "t.toml"), "pages": [page]}
    out = tmp_path / "reports"
    first = made(out, NOON, inputs=inputs)
    no = message("Refused.")
    stop = Stop(step="office-com", what=no, help=no, secret_sent=True)
    what = {"verdict": Verdict.STOPPED, "reason": Reason.WRONG_PASSWORD, "stop": stop}
    refused = made(out, NOON + HOUR, earlier=first, inputs=inputs, **what)
    args = ("recheck", f"reports/{first.folder.path.name}", "--executable", "/bin/false")
    done = troubleshooter(*args, cwd=tmp_path, env={"PASSWORD_OF_ANA": "swordfish"})
    lines = done.stderr.splitlines()
    assert 3 == done.returncode
    assert lines[0].startswith(
        f"The run {refused.folder.path.name} was stopped at sign-in (wrong-password). Because you"
    )
    known = f"Last known, from 2026-11-24 12:00 UTC ({first.folder.path.name}): out-of-sync."
    assert lines[-1].endswith(known)
    again = troubleshooter(*args, "--watch", "1s", cwd=tmp_path, env={"PASSWORD_OF_ANA": "swordfish"})
    assert (3, True) == (again.returncode, "ended with browser-missing" in again.stderr)
    assert 3 == sum(path.is_dir() for path in out.iterdir())

"""`survey` as people use it: what is refused before anything starts, and one whole walk through the sandbox."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import canaries
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.sandbox import running
from troubleshooter.survey.questions import QUESTIONS
from troubleshooter.tenant.sandbox import SANDBOX_PASSWORD, as_toml, tenant_of

PASSWORD = "K4n4ryP4ssZq!"
TOKEN = "T0kenK4n4ryVx"
_SILENT = re.compile(r"^/(landing|_forms|signin-oidc|\.auth)", re.IGNORECASE)
"""Where sign-in returns to an app."""
NAMES = {
    **{"subject": "ana.popescu", "surname": "popescu", "colleague": "helpdesk@", "names of others": "ionescu"},
    **{"page": "our-team", "site": "sites/communications", "password": PASSWORD, "token": TOKEN},
}


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ([], "--yes: needed where nobody can be asked whether to write the file"),
        (["--non-interactive"], "--yes: needed where nobody can be asked whether to write the file"),
        (["--yes", "--subject", "ana"], "--subject: 'ana' is not a valid user name"),
        (["--yes", "--timeout", "0"], "--timeout: "),
    ],
)
def test_what_is_wrong_is_said_before_anything_starts(args: list[str], why: str, monkeypatch: pytest.MonkeyPatch):
    """Exit code 2 with one line, and no sandbox is started for it."""
    monkeypatch.setattr("troubleshooter.sandbox.running", lambda *_, **__: pytest.fail("the sandbox was started"))
    done = CliRunner().invoke(app, ["survey", "--tenant", "sandbox", *args])
    assert (2, "", 1) == (done.exit_code, done.stdout, len(done.stderr.splitlines()))
    assert done.stderr.startswith(f"troubleshooter: {why}")


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("Yes\n", 0), ("n\n", 9), ("nope\n", 9), ("\n", 2), ("", 2)])
def test_the_file_is_written_only_if_somebody_agrees(typed: str, code: int):
    """Anything but y or yes writes nothing; no answer is exit code 2."""
    asked = (
        "from troubleshooter.cli.console import guarded; from troubleshooter.cli.survey import _agreed; import typer"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{asked}\ntyper.run(guarded(lambda: exit(0 if _agreed() else 9)))"],
        cwd=Path(__file__).parents[2],
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (code, True) == (done.returncode, "Write the file" in done.stdout + done.stderr)


@pytest.mark.run
def test_a_walk_changes_nothing_and_names_nobody(tmp_path: Path):
    """Every place is walked, most questions are answered, nothing is sent, and no name is in any byte of the file."""
    with running(layout="today", password=PASSWORD, token_prefix=TOKEN) as box:
        where = tenant_of(box)
        (tmp_path / "t.toml").write_text(as_toml(where))
        args = ["survey", "--tenant", "t.toml", "--as", "helpdesk", "--subject", box.subject, "--yes"]
        done = subprocess.run(
            [sys.executable, "-m", "troubleshooter", *args, "--page", where.default_pages[0]],
            cwd=tmp_path,
            env={**os.environ, SANDBOX_PASSWORD: PASSWORD, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        asked = [entry for entry in box.journal.requests if entry.kind != "browser"]
        sent = {(entry.host, entry.path) for entry in asked if entry.method not in ("GET", "HEAD", "OPTIONS")}
    assert 0 == done.returncode, done.stderr
    path = tmp_path / done.stdout.splitlines()[-1]
    assert set() == canaries.found_in({"survey.zip": path.read_bytes()}, NAMES)
    with zipfile.ZipFile(path) as archive:
        data = json.loads(archive.read("answers.json"))
        pages = {name: archive.read(name) for name in archive.namelist() if name.endswith(".html")}
    assert {"walked"} == {place["outcome"] for place in data["places"]}
    assert {"home", "launcher", "site-page", "profile-card", "photo-window"} <= {Path(name).stem for name in pages}
    answered = {row["id"]: row["answer"] for row in data["answers"] if row["answer"] is not None}
    assert len(QUESTIONS) - 3 <= len(answered)
    assert '"other"' not in json.dumps(data["answers"])
    assert set() == {(host, path) for host, path in sent if "login" not in host and not _SILENT.search(path)}

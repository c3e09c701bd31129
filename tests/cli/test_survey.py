"""`survey` as people use it: what is refused before anything starts, and one whole walk through the sandbox."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
        ([], "--yes: this is not a terminal, so nobody can be asked; add --yes to write the file"),
        (["--non-interactive"], "--yes: --non-interactive forbids questions, so nobody can be asked; add --yes"),
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
    """Every place is visited, most questions are answered, nothing is sent, and no name is in any byte of the file."""
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
        outlines = {Path(name).stem: archive.read(name).decode() for name in archive.namelist() if "/" in name}
    assert {"visited"} == {place["outcome"] for place in data["places"]}
    assert {"home", "launcher", "site-page", "profile-card", "photo-window"} <= {Path(name).stem for name in pages}
    answered = {row["id"]: row["answer"] for row in data["answers"] if row["answer"] is not None}
    assert len(QUESTIONS) - 3 <= len(answered)
    assert '"other"' not in json.dumps(data["answers"])
    assert set() == {(host, path) for host, path in sent if "login" not in host and not _SILENT.search(path)}
    _check_what_is_told(data, outlines)
    assert not [name for name, page in pages.items() if b"data-troubleshooter" in page]
    assert b'data-sp-prop-name="persons[0].email"' in pages["pages/site-page.html"]


def _check_what_is_told(data: dict[str, Any], outlines: Mapping[str, str]) -> None:
    """Check that somebody who has never seen the pages could write their locators from what the file tells."""
    answers = {row["id"]: row for row in data["answers"]}
    shown = [screen["shows"] for screen in answers["sign-in.screens"]["details"]["screens"]]
    assert [True, True] == [any(f"sign-in.{field}" in one for one in shown) for field in ("email", "password")]
    assert "value=" not in "".join(outlines[name] for name in outlines if name.startswith("sign-in"))
    signed_in = [line for line in outlines["account-panel"].splitlines() if "span [title=person" in line]
    assert [False] == ["(not shown" in line for line in signed_in]
    marked = [line for line in outlines["launcher"].splitlines() if "<== home.sharepoint-icon" in line]
    assert [True] == ["[data-app=https://contoso.sharepoint.com/_layouts/15/sharepoint.aspx" in line for line in marked]
    assert [True] == [", (clicked " in line for line in outlines["launcher"].splitlines() if "<== home.waffle" in line]
    decoys = [
        line for line in outlines["launcher"].splitlines() if "a [href=https://m365.cloud.microsoft/launch/" in line
    ]
    assert [True] * 3 == ["(not shown" in line for line in decoys]
    assert "/_layouts/15/sharepoint.aspx" == answers["apps.sharepoint-leads"]["answer"]
    chosen = [row["chosen"] for row in answers["apps.sharepoint-by"]["details"]["apps"] if row["app"] == "SharePoint"]
    assert (1, True) == (chosen.count(True), len(chosen) > 3)
    assert "yes" == answers["page.lazy"]["answer"]
    looked_for = {row["id"]: row for place in data["places"] for row in place["locators"]}
    assert [] == looked_for["person.coin"]["missed"] == looked_for["site-page.byline"]["missed"]
    matched = {row["selector"]: row["found"] for row in data["locators"]["site-page"] if row["id"] == "person.coin"}
    assert {".ms-Persona-coin", ".ms-Persona-imageArea"} == set(matched)
    assert not re.search(r"<== .*photo-dialog", "".join(outlines[name] for name in ("home", "launcher", "site-page")))
    assert not re.search(r"role=listitem.*<== person.card", outlines["launcher"])

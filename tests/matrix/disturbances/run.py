"""Makes one disturbed run on the command line, and checks everything that it left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.evidence.integrity import discrepancies
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.sandbox.interference import Disturbance
from troubleshooter.tenant.sandbox import SANDBOX_PASSWORD, as_toml, sandbox, tenant_of

from . import processes
from .rows import COMPUTER, Row

ROOT = Path(__file__).parents[3]
SUBJECT = "ana.popescu@contoso.com"
PAGE = "https://contoso.sharepoint.com/sites/communications/SitePages/Our-Team.aspx"
TIMEOUT = 8
"""Seconds: the longest single wait of a run."""
LONGEST = 300.0
"""Seconds after which a run counts as endless."""


def run(row: Row, photo: Path) -> dict[str, Any]:
    """Make the run, and return how it ended and what is wrong about it."""
    mark = uuid.uuid4().hex
    with tempfile.TemporaryDirectory(prefix="matrix-") as given, sandbox(row.fault) as box:
        scratch = Path(given)
        kind = "noted" if row.kind in COMPUTER else row.kind
        box.state.disturbance = Disturbance(kind, row.place)
        tenant = scratch / "tenant.toml"
        tenant.write_text(as_toml(tenant_of(box)))
        temporary = scratch / "tmp"
        temporary.mkdir()
        signs = {"disk-full": scratch / "disk", "computer-clock": scratch / "clock"}
        environment = os.environ | {
            SANDBOX_PASSWORD: box.password, "TMPDIR": str(temporary), processes.MARK: mark, "PYTHONPATH": str(ROOT),
            "MATRIX_DISK": str(signs["disk-full"]), "MATRIX_CLOCK": str(signs["computer-clock"]),
        }  # fmt: skip
        started, over = time.monotonic(), threading.Event()
        trigger = threading.Thread(target=_strike, args=(row, box.state.disturbance, signs, mark, over), daemon=True)
        trigger.start()
        command = [sys.executable, "-m", "tests.matrix.disturbances.launcher", *_arguments(row, tenant, scratch, photo)]
        try:
            ended = subprocess.run(
                command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=LONGEST,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
            code, said = ended.returncode, ended.stderr[-400:]
        except subprocess.TimeoutExpired:
            code, said = -1, f"did not end within {LONGEST:g} s"
        over.set()
        seconds = round(time.monotonic() - started, 1)
        box.state.disturbance.began.set()
        trigger.join(5)
        left = processes.left(mark)
        files = sorted(path.name for path in temporary.iterdir())
        return {
            **_evidence(scratch / "out", code, row),
            "exit": code,
            "said": said.strip()[-200:],
            "seconds": seconds,
            "left": left + files,
            "touched": box.state.disturbance.count,
            "passwords": len(box.journal.credentials),
        }


def _arguments(row: Row, tenant: Path, scratch: Path, photo: Path) -> list[str]:
    given = ["run", row.scenario, "--tenant", str(tenant), "--as", row.account, "--out", str(scratch / "out"), "--json"]
    given += ["--quiet", "--timeout", str(TIMEOUT), "--non-interactive"]
    if row.scenario == "add-photo":
        return [*given, "--photo", str(photo), "--allow-changes"]
    if row.scenario == "photo-differs":
        return [*given, "--subject", SUBJECT, "--page", PAGE]
    return given


def _strike(row: Row, disturbance: Disturbance, signs: dict[str, Path], mark: str, over: threading.Event) -> None:
    """Do what happens on the computer, once the place was asked for the first time."""
    if row.kind not in COMPUTER:
        return
    disturbance.began.wait(LONGEST)
    if over.is_set():
        return
    if row.kind in signs:
        signs[row.kind].touch()
    else:
        processes.kill(mark, row.kind)


def _evidence(out: Path, code: int, row: Row) -> dict[str, Any]:
    """Return the verdict of the run in `out`, and what is wrong with its evidence."""
    folders = sorted(path for path in out.iterdir() if path.is_dir()) if out.is_dir() else []
    if not folders:
        return {"verdict": "none", "reason": None, "lost": ["no folder"]}
    folder, lost = RunFolder(folders[0]), []
    record = json.loads((folder.path / "record.json").read_bytes())
    done = CliRunner().invoke(app, ["report", str(folder.path)])
    if row.kind != "disk-full":
        if not (folder.path / "manifest.json").exists():
            lost.append("no manifest")
        lost += [str(one) for one in discrepancies(folder, folder.read_record())]
        if done.exit_code != code:
            lost.append(f"report ends with {done.exit_code}: {done.output[-200:]}")
    page = folder.path / "index.html"
    if not page.exists() or page.stat().st_size < 10_000:
        lost.append("no report")
    return {
        "verdict": record["verdict"], "reason": record["reason"], "outcome": record.get("outcome"), "lost": lost,
        "causes": [one["cause"] for one in record["diagnoses"]],
        "steps": [f"{s['id']}:{s['status']}" + (f":{s['reason']}" if s["reason"] else "") for s in record["steps"]],
        "why": " ".join(filter(None, [(record.get("stop") or {}).get("what", {}).get("template", "")])),
    }  # fmt: skip

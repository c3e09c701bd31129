"""`sandbox serve` with generated people and limits, as people use it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.sandbox.crowd.crowd import crowd_of
from troubleshooter.tenant.open import read_tenant
from troubleshooter.tenant.sandbox import steer

FILES = ["--write-tenant", "t.toml", "--write-users", "users.csv", "--write-truth", "truth.csv"]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """Keep a sandbox running; yield the line that says that it is ready."""
    command = [sys.executable, "-m", "troubleshooter", "sandbox", "serve", *FILES, *options]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        assert server.stderr
        try:
            yield server.stderr.readline()
        finally:
            server.terminate()
            server.communicate(timeout=20)


def test_people_and_limits(tmp_path: Path):
    """The ready line has the numbers; tenant file, users and truth are written; the control host tells the traffic."""
    with serving(
        tmp_path, "--people", "1200", "--seed", "5", "--fault-share", "0.2", "--limits-size", "60/10s"
    ) as ready:
        assert "1,200 generated people" in ready and "at most 60 requests of a user in 10 s" in ready
        users = [*crowd_of(1200, seed=5, fault_share=0.2).users()]
        written = (tmp_path / "users.csv").read_text(encoding="utf-8").splitlines()
        assert ["upn,page", *(f"{user.upn},{user.page}" for user in users)] == written
        tenant = read_tenant(tmp_path / "t.toml")
        assert {"helpdesk", "stefan"} <= set(tenant.accounts)
        report = json.loads(steer(tenant, "traffic"))
    assert {"requests": 60, "seconds": 10} == report["limits"]
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as file:
        assert 240 == sum(row["cause"] not in ("", "C21") for row in csv.DictReader(file))


def test_the_services_limits(tmp_path: Path):
    """`--limits` alone enforces the service's own limits, also without generated people."""
    with serving(tmp_path, "--limits", "--people", "1") as ready:
        assert "1 generated person, at most 3,000 requests of a user in 300 s" in ready


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--write-users", "u.csv"], "--write-users: nobody is generated; expected --people N beside it"),
        (["--seed", "0"], "--seed: nobody is generated; expected --people N beside it"),
        (["--fault-share", "0.5"], "--fault-share: nobody is generated; expected --people N beside it"),
        (["--limits-size", "60"], "--limits-size: '60' is not a limit; expected REQUESTS/SECONDSs, such as 3000/300s"),
        (
            ["--people", "9", "--write-users", "u.csv", "--write-truth", "u.csv"],
            "--write-truth: u.csv is the list of users, too; expected another file",
        ),
        (
            ["--people", "9", "--write-users", "u.csv", "--write-truth", "v.csv", "--fault", "blank-delivery"],
            "--write-truth: the fault blank-delivery changes what is true of everybody; "
            "expected healthy, or a fault of sign-in",
        ),
        (
            ["--people", "9", "--write-users", "no/u.csv"],
            "--write-users: no/u.csv: No such file or directory; expected a file that can be written",
        ),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
):
    """A wrong option is one line, exit code 2, and no file."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["sandbox", "serve", *options], env={"COLUMNS": "200"})
    assert 2 == result.exit_code
    assert said in result.output
    assert [] == list(tmp_path.iterdir())

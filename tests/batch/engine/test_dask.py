"""Many users are checked on a Dask cluster: the same results as in one process, whoever is killed."""

from __future__ import annotations

import csv
import json
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import as_toml, sandbox, tenant_of
from troubleshooter.tenant.sandbox_scale import scale_of, truth_of, users_of

from ..verified import command, ran

pytest.importorskip("distributed", reason="the extra dask is not installed")

from .cluster import cluster, kill

pytestmark = pytest.mark.run

PEOPLE = 60


@pytest.fixture(scope="module")
def box() -> Iterator[Running]:
    """Keep a sandbox with generated people, a tenth of them with faults of their own."""
    with sandbox("healthy", scale=scale_of(PEOPLE, seed=5)) as running:
        yield running


@pytest.fixture
def options(box: Running, tmp_path: Path) -> list[str]:
    """Return the tenant, the account, the rate and the folder of a run."""
    tenant = tmp_path / "tenant.toml"
    tenant.write_text(as_toml(tenant_of(box)), encoding="utf-8")
    return ["--tenant", str(tenant), "--as", "helpdesk", "--rate", "0", "--run-dir", str(tmp_path / "run")]


def truth(box: Running) -> dict[str, str]:
    """Return what is true of each generated person."""
    return {row["upn"]: row["verdict"] for row in csv.DictReader(StringIO(truth_of(box)))}


def listed(box: Running, folder: Path, healthy: int, faulty: int) -> str:
    """Write a list of so many users who are in sync, and so many who are not; return its path."""
    known = truth(box)
    rows = [row for row in csv.DictReader(StringIO(users_of(box))) if row["page"]]
    right = [row for row in rows if known[row["upn"]] == "in-sync"][:healthy]
    wrong = [row for row in rows if known[row["upn"]] == "out-of-sync"][:faulty]
    text = "upn,page\n" + "".join(f"{row['upn']},{row['page']}\n" for row in (*right, *wrong))
    (folder / "users.csv").write_text(text, encoding="utf-8")
    return str(folder / "users.csv")


def results(folder: Path) -> list[dict[str, Any]]:
    """Return the results of a run."""
    return [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]


def attempts(folder: Path) -> list[tuple[str, str]]:
    """Return the sessions in which the account signed in, and with which outcome."""
    with sqlite3.connect(folder / "journal.sqlite") as opened:
        return opened.execute("SELECT session, outcome FROM sign_in ORDER BY id").fetchall()


def assert_true(box: Running, folder: Path) -> None:
    """Check that everybody has a result, once, which is what is true of them, and that the evidence is whole."""
    known, found = truth(box), results(folder)
    assert len(found) == len({one["upn"] for one in found})
    assert {one["upn"]: known[one["upn"]] for one in found} == {one["upn"]: one["verdict"] for one in found}
    for one in found:
        if one["verdict"] == "out-of-sync":
            there = RunFolder(folder / one["run"])
            assert there.digests() == there.sealed()


def test_a_cluster_finds_what_is_true(box: Running, options: list[str], tmp_path: Path):
    """Two workers sign in once each, and the evidence of whoever is out of sync is in the run's folder."""
    users = listed(box, tmp_path, healthy=30, faulty=2)
    with cluster(tmp_path, password=box.password, workers=2) as made:
        code, summary, said = ran(users, *options, "--engine", made.engine, "--depth", "quick", password=box.password)
        assert (1, "done", []) == (code, summary["ended_by"], summary["missing"])
        assert "browsers: 2, workers: 2" in said
        assert box.password not in made.said()
    assert_true(box, tmp_path / "run")
    assert {"full", "quick"} == {one["depth"] for one in results(tmp_path / "run")}
    found = attempts(tmp_path / "run")
    assert {"passed"} == {outcome for _, outcome in found}
    assert 1 <= len(found) == len(set(found)) <= 2


@pytest.mark.parametrize("whom", ["worker", "scheduler"])
def test_whoever_is_killed_nothing_is_lost(whom: str, box: Running, options: list[str], tmp_path: Path):
    """A killed worker's users are checked by another; without scheduler the run ends, and can be resumed."""
    users = listed(box, tmp_path, healthy=4, faulty=1)
    (tmp_path / "first").mkdir()
    with cluster(tmp_path / "first", password=box.password) as made:
        line, environment = command(
            users, *options, "--engine", made.engine, "--depth", "full", "--verbose", password=box.password
        )
        with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            next(text for text in process.stderr if ": in-sync" in text)
            kill(made.workers[0] if whom == "worker" else made.scheduler)
            if whom == "worker":
                made.add_worker()
            said = process.stderr.read()
        lost = whom == "scheduler"
        assert (4 if lost else 1) == process.wait()
        assert lost == ("The Dask scheduler does not answer any more" in said)
    if lost:
        (tmp_path / "second").mkdir()
        with cluster(tmp_path / "second", password=box.password) as made:
            again = ["--resume", str(tmp_path / "run"), "--engine", made.engine]
            code, summary, _ = ran(*again, password=box.password)
            assert (1, "done", []) == (code, summary["ended_by"], summary["missing"])
    assert_true(box, tmp_path / "run")
    assert 5 == len(results(tmp_path / "run"))
    found = attempts(tmp_path / "run")
    assert 2 == len(found) == len(set(found))
    assert {"passed"} == {outcome for _, outcome in found}


def test_an_interrupted_run_finishes_what_is_in_flight(box: Running, options: list[str], tmp_path: Path):
    """Ctrl-C once: who is being checked gets a result; the others wait, and can be checked here afterwards."""
    users = listed(box, tmp_path, healthy=3, faulty=0)
    with cluster(tmp_path, password=box.password) as made:
        line, environment = command(
            users, *options, "--engine", made.engine, "--depth", "full", "--verbose", password=box.password
        )
        with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            next(text for text in process.stderr if ": in-sync" in text)
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
        assert 4 == process.wait()
        assert "--resume" in said
    assert 1 <= len(results(tmp_path / "run")) <= 2  # the second one may not have begun
    code, _, _ = ran("--resume", str(tmp_path / "run"), "--engine", "local", password=box.password)
    assert (0, 3) == (code, len(results(tmp_path / "run")))


def test_a_worker_without_the_password_is_named(box: Running, options: list[str], tmp_path: Path):
    """Exit code 2 and one line; the password is not sent to it, and no folder is left."""
    users = listed(box, tmp_path, healthy=1, faulty=0)
    with cluster(tmp_path, password="") as made:
        code, summary, said = ran(users, *options, "--engine", made.engine, password=box.password)
    assert (2, {}) == (code, summary)
    last = said.strip().splitlines()[-1]
    assert "TROUBLESHOOTER_SANDBOX_PASSWORD" in last
    assert made.address.rpartition(":")[0] in last
    assert not (tmp_path / "run").exists()


def test_without_workers_one_line_says_how_to_start_one(options: list[str], box: Running, tmp_path: Path):
    """Exit code 2; so does an address at which nobody answers."""
    users = listed(box, tmp_path, healthy=1, faulty=0)
    with cluster(tmp_path, password=box.password, workers=0) as made:
        code, _, said = ran(users, *options, "--engine", made.engine, password=box.password)
    assert 2 == code
    assert "has no worker with a browser; start one with: dask worker" in said
    code, _, said = ran(users, *options, "--engine", made.engine, password=box.password)
    assert 2 == code
    assert "does not answer; expected a Dask scheduler" in said
    assert not (tmp_path / "run").exists()

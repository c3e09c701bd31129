"""A Dask cluster on this computer for the tests: a scheduler and workers, each a process that can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).parents[3]


@dataclass
class Cluster:
    """A scheduler and its workers."""

    folder: Path
    environment: Mapping[str, str]
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def engine(self) -> str:
        """Return what `--engine` names it."""
        return self.address.replace("tcp://", "dask://")

    def add_worker(self, browsers: int = 1, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker, and wait until the scheduler knows it."""
        line = [sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--host", "127.0.0.1"]
        line += ["--no-nanny", "--nthreads", str(browsers), "--resources", f"browser={browsers}", "--no-dashboard"]
        added = _started(
            [*line, "--local-directory", str(self.folder)], self.folder, {**self.environment, **environment}
        )
        self.workers.append(added)
        alive = sum(worker.poll() is None for worker in self.workers)
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(alive, timeout=60)
        return added

    def said(self) -> str:
        """Return everything that scheduler and workers wrote."""
        return (self.folder / "cluster.log").read_text(encoding="utf-8", errors="replace")


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process at once, with everything that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _started(line: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with (folder / "cluster.log").open("ab") as log:
        return subprocess.Popen(line, env={**environment}, stdout=log, stderr=log, start_new_session=True)


@contextmanager
def cluster(folder: Path, *, password: str, workers: int = 1, browsers: int = 1) -> Iterator[Cluster]:
    """Yield a cluster whose workers know the sandbox's password; end it on exit."""
    environment = {**os.environ, "TROUBLESHOOTER_SANDBOX_PASSWORD": password, "PYTHONPATH": str(ROOT)}
    file = folder / "scheduler.json"
    line = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = _started([*line, "--no-dashboard", "--scheduler-file", str(file)], folder, environment)
    with Client(scheduler_file=str(file), set_as_default=False):  # waits until the file is there
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
    made = Cluster(folder, environment, scheduler, address)
    try:
        for _ in range(workers):
            made.add_worker(browsers)
        yield made
    finally:
        for process in (*made.workers, scheduler):
            if process.poll() is None:
                kill(process)

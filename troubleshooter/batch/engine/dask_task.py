"""What a Dask worker runs: it takes the number of a task and of its users, and returns the users' numbers.

Everything else goes through two queues of the scheduler, which is what all workers can reach: one in which all
processes ask, and one for each process, in which it is answered. They carry no secret.
"""

from __future__ import annotations

import threading
import uuid
from contextlib import suppress
from typing import Any

from distributed import Client, Queue, get_client, get_worker

from troubleshooter.batch.engine.channel import Channel, Message
from troubleshooter.batch.engine.process import CheckingProcess

RESOURCE = "browser"
"""What a Dask worker has to offer: `--resources browser=2`."""
_processes: dict[str, CheckingProcess] = {}
"""What this process keeps for each run, by Dask worker and run."""
_lock = threading.Lock()


def asks_of(run: str) -> str:
    """Return the name of the queue in which all processes of a run ask."""
    return f"troubleshooter-{run}"


def answers_of(run: str, process: str) -> str:
    """Return the name of the queue in which a process is answered."""
    return f"troubleshooter-{run}-{process}"


class Queues:
    """A process's two queues."""

    def __init__(self, client: Client, run: str, process: str) -> None:
        self._asks = Queue(asks_of(run), client=client)
        self._answers = Queue(answers_of(run, process), client=client)

    def send(self, message: Message) -> None:
        """Ask."""
        self._asks.put(message)

    def receive(self, seconds: float) -> Message | None:
        """Return the next answer; None if there is none within that time."""
        try:
            found: Message = self._answers.get(timeout=seconds)
        except TimeoutError:
            return None
        return found

    def close(self) -> None:
        """Let the scheduler forget the queues that nobody else uses."""
        for queue in (self._asks, self._answers):
            with suppress(Exception):  # the scheduler is gone
                queue.close()


def check_users(run: str, task: str, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Check the users of a task; return their numbers once what was found is in the journal.

    A task that the scheduler starts again by itself does nothing: the owner gives each to one process only.
    """
    _process_of(run).check(task)
    return numbers


def end_run(run: str) -> None:
    """Let the processes of a run close their browsers."""
    for key in list(_processes):
        if key.endswith(f" {run}"):
            _end(key)


def _end(key: str) -> None:
    with _lock:
        process = _processes.pop(key, None)
    if process:
        process.end()


def _process_of(run: str) -> CheckingProcess:
    worker: Any = get_worker()
    key = f"{worker.address} {run}"
    with _lock:
        if key not in _processes:
            name = uuid.uuid4().hex
            channel = Channel(name, Queues(get_client(), run, name), lambda: _end(key))
            _processes[key] = CheckingProcess(channel, worker.address)
        return _processes[key]

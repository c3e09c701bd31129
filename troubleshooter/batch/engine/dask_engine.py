"""Checks many users on a Dask cluster (`--engine dask://HOST:PORT`).

This process owns the journal. It gives the cluster as many tasks as there are free browsers. A task carries the
numbers of its users and returns them; what is found is in the journal before the task ends. Nothing is repeated by the
cluster: the owner gives a task to one process, once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from distributed import Client

from troubleshooter.batch.engine.channel import Message
from troubleshooter.batch.engine.dask_run import PATIENCE, DaskRun
from troubleshooter.batch.engine.owner import Owner
from troubleshooter.batch.engine.remote_plan import about_run
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.prepared_batch import Batch, Performed
from troubleshooter.errors import InputError


@dataclass(frozen=True)
class DaskEngine:
    """An engine that gives the checks to the workers of a Dask cluster."""

    address: str
    """Where the scheduler is: `HOST:PORT`."""
    say: Callable[[str], None]
    """Called with lines for the person at the terminal."""

    async def __call__(self, batch: Batch, ending: Ending) -> Performed:
        """Check everybody who waits.

        Raises:
            InputError: there is no scheduler, or no worker that can check anybody.
            CannotWrite: the journal or the folder can't be written any more.
        """
        paces = {name: Pace(batch.rate, ending.event) for name in {**batch.own, **batch.accounts}}
        owner = Owner(batch, ending, paces, _about(batch), self.say)
        async with _connected(self.address) as client:
            run = DaskRun(client, owner, batch, ending)
            browsers = await run.browsers()
            if not browsers:
                where = f"dask://{self.address}"
                raise InputError("--engine", f"{where} has no worker with a browser; {_START.format(self.address)}")
            self.say(f"browsers: {sum(browsers.values())}, workers: {len(browsers)}, of dask://{self.address}")
            notes = await run.perform()
        if owner.failure:
            raise owner.failure
        return Performed(owner.staff.refused, sum(pace.throttled for pace in paces.values()), notes)


_START = "start one with: dask worker {} --no-nanny --nthreads 2 --resources browser=2"


@asynccontextmanager
async def _connected(address: str) -> AsyncIterator[Client]:
    client = Client(f"tcp://{address}", asynchronous=True, timeout=PATIENCE, set_as_default=False)
    try:
        try:
            await client
        except (OSError, TimeoutError) as error:
            raise InputError("--engine", f"dask://{address} does not answer; expected a Dask scheduler") from error
        yield client
    finally:
        with suppress(Exception):  # the scheduler may be gone
            await asyncio.wait_for(client.close(), PATIENCE)


def _about(batch: Batch) -> Message:
    """Return what the processes need to know."""
    tenant = str(batch.any_account.request.tenant)
    settings = batch.journal.inputs()["settings"]
    return about_run(tenant, settings, tuple({**batch.accounts, **batch.own}), confirm=batch.confirm)

# ruff: noqa: T201 - a script that prints its result
"""Compare ways for a worker to ask the client: `python -m tests.bench.dask_messages [QUESTIONS] [BYTES]` prints times.

The times are those of one computer, without a network between worker, scheduler and client.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

from distributed import Client, LocalCluster, Queue, get_client, get_worker
from distributed.core import Server, rpc


def by_queue(count: int, size: int) -> float:
    """Ask in a queue; return the seconds."""
    asks, answers = Queue("asks", client=get_client()), Queue("answers", client=get_client())
    began = time.perf_counter()
    for number in range(count):
        asks.put({"number": number, "data": bytes(size)})
        answers.get(timeout=30)
    return time.perf_counter() - began


def by_event(count: int, size: int) -> float:
    """Ask with events, which are answered in a queue; return the seconds."""
    answers, worker = Queue("answers", client=get_client()), get_worker()
    began = time.perf_counter()
    for number in range(count):
        worker.log_event("asks", {"number": number, "data": "x" * size})
        answers.get(timeout=30)
    return time.perf_counter() - began


def by_connection(address: str, count: int, size: int) -> float:
    """Ask over a connection to the client; return the seconds."""

    async def ask() -> float:
        client = rpc(address)
        began = time.perf_counter()
        for number in range(count):
            await client.ask(number=number, data=bytes(size))
        took = time.perf_counter() - began
        await client.close_rpc()
        return took

    return get_client().sync(ask)


class Desk:
    """An actor, which answers on a worker."""

    def ask(self, number: int, data: str) -> int:
        """Answer."""
        return number


async def main(count: int, size: int) -> None:
    """Print how long that many questions of that many bytes take, one after the other."""
    where: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": None, "asynchronous": True}
    async with (
        LocalCluster(n_workers=1, threads_per_worker=1, **where) as made,
        Client(made, asynchronous=True) as client,
    ):
        asks, answers = await Queue("asks", client=client), await Queue("answers", client=client)

        async def answer_all() -> None:
            while True:
                await answers.put({"number": (await asks.get())["number"]})

        answering = asyncio.create_task(answer_all())
        _say("queues, both ways", await client.submit(by_queue, count, size, pure=False), count)
        answering.cancel()

        async def answer(event: Any) -> None:
            await answers.put({"number": event[1]["number"]})

        client.subscribe_topic("asks", answer)
        _say("events, answered in queues", await client.submit(by_event, count, size, pure=False), count)

        desk, began = await client.submit(Desk, actor=True), time.perf_counter()
        for number in range(count):
            await desk.ask(number, "x" * size)
        _say("an actor (here the client asks)", time.perf_counter() - began, count)

        server = Server({"ask": lambda number, data: number})
        await server.listen("tcp://127.0.0.1:0")
        direct = client.submit(by_connection, server.address, count, size, pure=False)
        _say("a connection to the client", await direct, count)
        await server.close()


def _say(way: str, seconds: float, count: int) -> None:
    print(f"{way:34} {seconds:6.2f} s, {1000 * seconds / count:6.2f} ms each")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    asyncio.run(main(*(given + [1000, 1000][len(given) :])))

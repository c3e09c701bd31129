"""Doing asynchronous work that Ctrl-C and SIGTERM end in good order: the browser is closed before the program ends."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import TypeVar

from troubleshooter.cli._console import Terminated

T = TypeVar("T")


def until_ended(work: Coroutine[object, object, T]) -> T:
    """Return what `work` returns.

    Raises:
        Terminated: SIGTERM ended it.
        KeyboardInterrupt: Ctrl-C did.
    """
    ended: list[type[BaseException]] = [Terminated] if Terminated.came else []
    # Until the loop listens, a signal is only noted: raised while it is made, it would leave things half made.
    before = signal.signal(signal.SIGTERM, lambda *_: ended.append(Terminated))

    async def watched() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)

        def end(how: type[BaseException]) -> None:
            ended.append(how)
            task.cancel()

        for name, how in (("SIGTERM", Terminated), ("SIGINT", KeyboardInterrupt)):
            try:
                loop.add_signal_handler(getattr(signal, name), end, how)
            except (NotImplementedError, RuntimeError, ValueError):
                break  # Windows has none: Ctrl-C then ends the work as an exception
        if ended:
            task.cancel()
        return await task

    try:
        found = asyncio.run(watched())
    except asyncio.CancelledError:
        if not ended:
            raise
    finally:
        signal.signal(signal.SIGTERM, before)
    if ended:
        raise ended[0]  # also where the work came to its end in the same moment
    return found

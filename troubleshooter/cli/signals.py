"""How SIGTERM and Ctrl-C end the program: what is under way is ended in order, then it exits."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import NoReturn, TypeVar

from troubleshooter.run.signals import cancelling

T = TypeVar("T")


class Terminated(BaseException):
    """SIGTERM was received."""

    came = False
    """Whether it came at all: an exception that is raised while a module is being imported may get lost."""


def raise_on_sigterm() -> None:
    """From now on SIGTERM raises Terminated, where nothing else handles it: by default it ends a process silently."""
    signal.signal(signal.SIGTERM, _terminated)


def _terminated(*_: object) -> NoReturn:
    Terminated.came = True
    raise Terminated


def until_ended(work: Coroutine[object, object, T]) -> T:
    """Return what `work` returns.

    Raises:
        Terminated: SIGTERM ended it.
        KeyboardInterrupt: Ctrl-C did.
    """
    came: list[str] = ["SIGTERM"] if Terminated.came else []
    # Until the loop listens, SIGTERM is only noted: raised while the loop is made, it would leave it half made.
    before = signal.signal(signal.SIGTERM, lambda *_: came.append("SIGTERM"))

    async def cancellable() -> T:
        task = asyncio.ensure_future(work)
        with cancelling(task, came.append):
            if came:
                task.cancel()
            return await task

    try:
        result = asyncio.run(cancellable())
    except asyncio.CancelledError:
        if not came:
            raise
    finally:
        signal.signal(signal.SIGTERM, before)
    if came:  # also where the work came to its end in the same moment
        raise Terminated if came[0] == "SIGTERM" else KeyboardInterrupt
    return result

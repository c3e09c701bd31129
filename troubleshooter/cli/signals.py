"""Ends the program in order on SIGTERM or Ctrl-C: the work in progress is ended first."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine

T = TypeVar("T")


class Terminated(BaseException):
    """Raised when SIGTERM is received."""

    came = False
    """Whether SIGTERM was received at all; an exception raised while a module is being imported may get lost."""


def raise_on_sigterm() -> None:
    """Make SIGTERM raise Terminated where nothing else handles it; by default it ends a process silently."""
    signal.signal(signal.SIGTERM, _terminated)


def _terminated(*_: object) -> NoReturn:
    Terminated.came = True
    raise Terminated


def until_ended(work: Coroutine[object, object, T], loop: asyncio.Runner | None = None) -> T:
    """Run `work` and return its result.

    Args:
        loop: the event loop to run it in; None makes one for `work` alone.

    Raises:
        Terminated: SIGTERM interrupted it.
        KeyboardInterrupt: Ctrl-C interrupted it.
    """
    import asyncio  # noqa: PLC0415 - only loaded by the commands that wait for something

    from troubleshooter.run.signals import cancelling  # noqa: PLC0415

    came: list[str] = ["SIGTERM"] if Terminated.came else []
    # Until the loop listens, SIGTERM is only noted; raising it while the loop is created would leave it half-built.
    before = signal.signal(signal.SIGTERM, lambda *_: came.append("SIGTERM"))

    async def cancellable() -> T:
        task = asyncio.ensure_future(work)
        with cancelling(task, came.append):
            if came:
                task.cancel()
            return await task

    try:
        result = loop.run(cancellable()) if loop else asyncio.run(cancellable())
    except asyncio.CancelledError:
        if not came:
            raise
    finally:
        signal.signal(signal.SIGTERM, before)
    if came:  # also if the work finished at the same moment
        raise Terminated if came[0] == "SIGTERM" else KeyboardInterrupt
    return result

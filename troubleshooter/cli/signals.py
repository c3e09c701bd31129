"""Ends the program in order on SIGTERM or Ctrl-C: the work in progress is ended first."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

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


def until_ended(start: Callable[[], Coroutine[object, object, T]], loop: asyncio.Runner | None = None) -> T:
    """Run the coroutine that `start` returns, and return its result.

    Args:
        start: called once the event loop listens to signals, so that no coroutine is left behind that never began.
        loop: the event loop to run it in; None makes one for it alone.

    Raises:
        Terminated: SIGTERM interrupted it.
        KeyboardInterrupt: Ctrl-C interrupted it.
    """
    came: list[str] = ["SIGTERM"] if Terminated.came else []
    tasks: list[asyncio.Task[T]] = []

    def note(received: int, _: object) -> None:
        came.append(signal.Signals(received).name)
        for task in tasks:  # where the loop can't listen: on Windows
            task.get_loop().call_soon_threadsafe(task.cancel)

    # Until the loop listens, a signal is only noted; raising it while the loop is created would leave it half-built.
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, note)
    try:
        import asyncio  # noqa: PLC0415 - only loaded by the commands that wait for something

        from troubleshooter.run.signals import cancelling  # noqa: PLC0415

        async def cancellable() -> T:
            task = asyncio.create_task(start())
            tasks.append(task)
            with cancelling(task, came.append):
                if came:
                    task.cancel()
                return await task

        result = loop.run(cancellable()) if loop else asyncio.run(cancellable())
    except asyncio.CancelledError:
        if not came:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:  # also if the work finished at the same moment
        raise Terminated if came[0] == "SIGTERM" else KeyboardInterrupt
    return result

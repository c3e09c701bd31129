"""Handles Ctrl-C and SIGTERM while asynchronous work is in progress.

Where an event loop can't listen for signals (on Windows, and outside the main thread), the context managers here do
nothing: Ctrl-C then ends the work as KeyboardInterrupt, and SIGTERM has the process's own handling.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

Handle = Callable[[str], None]
"""Called with `SIGINT` (Ctrl-C) or `SIGTERM`."""
NUMBERS = {"SIGINT": signal.SIGINT, "SIGTERM": signal.SIGTERM}
_DEAF = (NotImplementedError, RuntimeError, ValueError)
"""What an event loop raises if it can't listen for signals."""

_current: ContextVar[Handle | None] = ContextVar("_current", default=None)


@contextmanager
def handling(handle: Handle) -> Iterator[None]:
    """Call `handle` for each signal received during the block; restore the previous handlers afterwards."""
    outer = _current.get()
    before = {number: signal.getsignal(number) for number in NUMBERS.values()}
    _listen(handle)
    token = _current.set(handle)
    try:
        yield
    finally:
        _current.reset(token)
        if outer:
            _listen(outer)
        else:
            _leave_to(before)


@contextmanager
def cancelling(work: asyncio.Future[Any], note: Handle = lambda name: None) -> Iterator[None]:  # noqa: ARG005
    """Cancel `work` if a signal is received during the block.

    Args:
        note: called with the signal's name before `work` is cancelled.
    """

    def cancel(name: str) -> None:
        note(name)
        work.cancel()

    with handling(cancel):
        yield


def _listen(handle: Handle) -> None:
    for name, number in NUMBERS.items():
        with suppress(*_DEAF):
            asyncio.get_running_loop().add_signal_handler(number, handle, name)


def _leave_to(before: Mapping[signal.Signals, Any]) -> None:
    for number, handler in before.items():
        with suppress(*_DEAF):
            if asyncio.get_running_loop().remove_signal_handler(number):
                signal.signal(number, handler)

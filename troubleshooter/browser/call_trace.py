"""Writes every call to the browser to a file, with its time and the lines that made it, for developers.

`TROUBLESHOOTER_TRACE=FILE` switches it on. The file gets one JSON object a line, and neither arguments nor results, so
that nothing secret is in it. `tools/trace_summary.py FILE` sums it up.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from playwright.async_api import Playwright

VARIABLE = "TROUBLESHOOTER_TRACE"
_PROJECT = Path(__file__).parents[2]
_DEEPEST = 4
"""The number of lines of our own that are written per call, innermost first."""


class _Call(Protocol):
    """What Playwright says about a call."""

    api_name: str
    frames: list[dict[str, Any]]


class _Listener:
    """Told by Playwright when a call begins and ends."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._open: dict[int, dict[str, Any]] = {}
        self.rows: list[dict[str, Any]] = []

    def on_api_call_begin(self, call: _Call, channel: dict[str, Any]) -> None:
        """Note the beginning of a call."""
        ours = [
            f"{Path(frame['file']).relative_to(_PROJECT)}:{frame['line']}"
            for frame in call.frames
            if Path(frame["file"]).is_relative_to(_PROJECT) and ".venv" not in frame["file"]
        ]
        row = {
            "at": time.monotonic() - self._began,
            "call": call.api_name,
            "sent": _sent(channel),
            "from": ours[:_DEEPEST],
        }
        self._open[id(call)] = row
        self.rows.append(row)

    def on_api_call_end(self, call: _Call) -> None:
        """Note the end of a call."""
        if row := self._open.pop(id(call), None):
            row["seconds"] = time.monotonic() - self._began - row["at"]

    def write(self, path: Path) -> None:
        """Write the calls to `path`, one JSON object a line."""
        path.write_text("".join(json.dumps(row) + "\n" for row in self.rows), encoding="utf-8")


def _sent(channel: dict[str, Any]) -> str:
    """Return what a call sends; for a call of the DevTools protocol, that protocol's method as well."""
    sent = str(channel["method"])
    return f"{sent} {channel['params']['method']}" if channel["type"] == "CDPSession" and sent == "send" else sent


@asynccontextmanager
async def calls_traced(playwright: Playwright) -> AsyncIterator[None]:
    """Write the calls that are made within the block, if the environment asks for it."""
    path = os.environ.get(VARIABLE)
    if not path:
        yield
        return
    listener = _Listener()
    # Playwright has no public way to observe its calls; this is the one that its own tracing uses.
    playwright._impl_obj._connection._instrumentation.add_listener(listener)
    try:
        yield
    finally:
        listener.write(Path(path))

"""Users are checked in the hours that `--between` names."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from troubleshooter.batch.window import Window
from troubleshooter.errors import InputError


@pytest.mark.parametrize(
    ("hours", "at", "seconds"),
    [
        ("20:00-06:00", "19:59:30", 30),
        ("20:00-06:00", "20:00:00", 0),
        ("20:00-06:00", "23:59:59", 0),
        ("20:00-06:00", "05:59:59", 0),
        ("20:00-06:00", "06:00:00", 14 * 3600),
        ("9:00-17:30", "17:29:00", 0),
        ("9:00-17:30", "17:30:00", 15.5 * 3600),
        ("9:00-17:30", "08:00:00", 3600),
    ],
)
def test_a_window_is_open_or_opens(hours: str, at: str, seconds: float):
    """Within the hours nothing waits; before and after, until they begin."""
    moment = datetime.fromisoformat(f"2026-11-26T{at}").replace(tzinfo=UTC)
    assert seconds == replace(Window.parse(hours), now=lambda: moment).seconds_closed()


def test_without_hours_it_is_always_open():
    """The default is the whole day."""
    assert Window().seconds_closed() == 0


@pytest.mark.parametrize("text", ["", "20-6", "25:00-06:00", "20:00-20:00", "20:60-21:00", "٢٠:٠٠-٠٦:٠٠"])
def test_anything_else_is_refused(text: str):
    """What is no time span is named, with an example."""
    with pytest.raises(InputError, match="--between"):
        Window.parse(text)


async def test_the_end_of_the_run_ends_the_wait():
    """Who waits for the evening does not hold up the end of the run."""
    ended = asyncio.Event()
    noon = datetime(2026, 11, 26, 12, tzinfo=UTC)
    waiting = asyncio.create_task(replace(Window.parse("20:00-06:00"), now=lambda: noon).opened(ended))
    await asyncio.wait([waiting], timeout=0.05)
    assert not waiting.done()
    ended.set()
    await asyncio.wait_for(waiting, 5)

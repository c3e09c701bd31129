"""A step waits in vain for about as long as one wait may take, and it can be told what is being waited for."""

from __future__ import annotations

import math

import pytest

from troubleshooter.browser import patience as module
from troubleshooter.browser.patience import Patience, patience, waiting_with
from troubleshooter.model.message import message

PICTURES = message("the user’s picture")
CARDS = message("the page’s People web parts")


class Clock:
    """A monotonic clock that is set."""

    at = 100.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which waits are measured."""
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def test_a_wait_has_its_own_time(clock: Clock):
    """As long as nothing was waited for in vain, each wait has the time that it asks for."""
    waits = Patience(30.0)
    with waits.wait(PICTURES, 20.0) as wait:
        clock.at += 5
        assert (20.0, 15.0, 20_000.0) == (wait.seconds, wait.left, wait.milliseconds)
    with waits.wait(PICTURES, 30.0) as wait:
        assert 30.0 == wait.seconds


def test_what_was_waited_for_in_vain_shortens_the_rest_of_the_step(clock: Clock):
    """The step has only the rest of its limit, then a few seconds each time; the next step has all of it again."""
    waits = Patience(30.0)
    with waits.wait(PICTURES, 20.0) as wait:
        clock.at += 20
        waits.in_vain(wait)
    with waits.wait(CARDS, 30.0) as wait:
        assert (30.0, 10.0) == (wait.asked, wait.seconds)
        clock.at += 10
        waits.in_vain(wait)
    with waits.wait(CARDS, 30.0) as wait:
        assert 0 < wait.seconds <= 5
    with waits.wait(CARDS, 1.0) as wait:
        assert 1.0 == wait.seconds
    waits.begin_step()
    with waits.wait(CARDS, 30.0) as wait:
        assert 30.0 == wait.seconds


def test_waits_side_by_side_count_once(clock: Clock):
    """Four pictures that are waited for at the same time use up the step's limit no faster than one."""
    waits = Patience(30.0)
    with waits.wait(PICTURES, 12.0) as first, waits.wait(PICTURES, 12.0) as second:
        clock.at += 12
        waits.in_vain(first)
        waits.in_vain(second)
    with waits.wait(PICTURES, 30.0) as wait:
        assert 18.0 == wait.seconds


def test_what_is_waited_for_can_be_asked(clock: Clock):
    """Of several waits, the one that ends last is named, as it is at the moment; afterwards, there is none."""
    waits, host = Patience(30.0), ["a"]
    assert waits.current is None
    with waits.wait(PICTURES, 5.0), waits.wait(lambda: message("an answer from {host}", host=host[0]), 20.0):
        clock.at += 1
        host[0] = "b"
        current = waits.current
        assert current
        assert ("an answer from b", 19.0) == (current.what().text, current.left)
    assert waits.current is None


def test_a_run_has_a_patience_of_its_own():
    """Outside a run, nothing is remembered, and nothing is shortened."""
    mine = Patience(30.0)
    with waiting_with(mine):
        assert mine is patience()
    assert (math.inf, True) == (patience().limit, patience() is not patience())
    with patience().wait(PICTURES, 7.0) as wait:
        assert 7.0 == wait.seconds

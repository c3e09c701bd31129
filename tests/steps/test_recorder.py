"""A step's recorder only grows, but for an attempt that the page took back."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from support.fakes import MOMENT

from troubleshooter.browser.failures import BrowserFailure, TimedOut
from troubleshooter.model.enums import Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Mixup, Picture
from troubleshooter.steps.recorder import Note, StepRecorder

MIXUP = Mixup(page=0, page_url="", surface=Surface.PEOPLE_WEB_PART, how="name")
PICTURE = Picture(path="evidence/1.png", taken_at=MOMENT, caption=message("The page"))


def attempted(error: BaseException | None) -> StepRecorder:
    """Return a recorder with a note from before, after an attempt that ended with `error`."""
    recorder = StepRecorder("page-1")
    recorder.add(Note(message("before")))
    with suppress(BaseException), recorder.attempt():
        recorder.add(MIXUP, PICTURE)
        if error:
            raise error
    return recorder


def test_an_attempt_that_succeeds_stays():
    """Everything that it recorded is there, in order."""
    recorder = attempted(None)
    assert ((MIXUP,), (PICTURE,), 1) == (recorder.of(Mixup), recorder.of(Picture), len(recorder.of(Note)))


def test_an_attempt_on_a_page_that_was_rebuilt_is_taken_back():
    """What came before it stays, and so do its photographs."""
    recorder = attempted(BrowserFailure("Element is not attached to the DOM"))
    assert ((), (PICTURE,), 1) == (recorder.of(Mixup), recorder.of(Picture), len(recorder.of(Note)))


@pytest.mark.parametrize("error", [TimedOut("Timeout"), asyncio.CancelledError(), ZeroDivisionError()])
def test_whatever_else_ends_an_attempt_takes_nothing_back(error: BaseException):
    """A timeout, an interruption and a defect leave what was seen until then."""
    assert ((MIXUP,), (PICTURE,)) == (attempted(error).of(Mixup), attempted(error).of(Picture))

"""A step's recorder only grows, except that an attempt on a rebuilt page is taken back."""

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
    """Return a recorder with an earlier note, after an attempt that ended with `error`."""
    recorder = StepRecorder("page-1")
    recorder.add(Note(message("before")))
    with suppress(BaseException), recorder.attempt():
        recorder.add(MIXUP, PICTURE)
        if error:
            raise error
    return recorder


def test_an_attempt_that_succeeds_stays():
    """An attempt that succeeds keeps everything that it recorded."""
    recorder = attempted(None)
    assert ((MIXUP,), (PICTURE,), 1) == (recorder.of(Mixup), recorder.of(Picture), len(recorder.of(Note)))


def test_an_attempt_on_a_page_that_was_rebuilt_is_taken_back():
    """An attempt on a page that was rebuilt is taken back, except for its screenshots; earlier entries stay."""
    recorder = attempted(BrowserFailure("Element is not attached to the DOM"))
    assert ((), (PICTURE,), 1) == (recorder.of(Mixup), recorder.of(Picture), len(recorder.of(Note)))


@pytest.mark.parametrize("error", [TimedOut("Timeout"), asyncio.CancelledError(), ZeroDivisionError()])
def test_whatever_else_ends_an_attempt_takes_nothing_back(error: BaseException):
    """An attempt that ends with a timeout, an interruption or a defect keeps everything that it recorded."""
    assert ((MIXUP,), (PICTURE,)) == (attempted(error).of(Mixup), attempted(error).of(Picture))

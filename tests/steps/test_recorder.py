"""A step's recorder only grows, except that an attempt on a rebuilt page is taken back."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from support.fakes import MOMENT

from troubleshooter.browser.failures import BrowserFailure, TimedOut
from troubleshooter.errors import CannotTell, CannotWrite
from troubleshooter.evidence.window_shot import WindowShot
from troubleshooter.model.enums import Kind, Reason, Source, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Mixup, Picture, Sighting
from troubleshooter.steps.recorder import Note, StepRecorder, Superseded

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


@pytest.mark.parametrize(
    ("error", "superseded"),
    [
        (None, []),
        (CannotTell(Reason.PAGE_CHANGED, message("rebuilt")), [Kind.INITIALS, Kind.SILHOUETTE]),
        (BrowserFailure("Element is not attached to the DOM"), [Kind.INITIALS, Kind.SILHOUETTE]),
        (asyncio.CancelledError(), []),
    ],
    ids=["complete", "rebuilt", "failed", "interrupted"],
)
def test_stand_ins_do_not_count_on_a_page_that_failed(error: BaseException | None, superseded: list[Kind]):
    """Initials and placeholders do not count if the page failed before it was complete; photos do."""
    recorder = StepRecorder("page-1")
    recorder.add(sighting(Kind.SILHOUETTE, "before"))
    with suppress(BaseException), recorder.until_complete():
        recorder.add(*(sighting(kind, "during") for kind in (Kind.INITIALS, Kind.PHOTO, Kind.SILHOUETTE)))
        if error:
            raise error
    found = [fact.sighting for fact in recorder.of(Superseded)]
    assert superseded == [one.kind for one in found]
    assert {"during"} >= {one.locator for one in found}


def sighting(kind: Kind, locator: str) -> Sighting:
    """Return a sighting on a page."""
    return Sighting(
        surface=Surface.PEOPLE_WEB_PART,
        step="page-1",
        subject="ana@contoso.com",
        identified_by="link",
        kind=kind,
        source=Source.UNKNOWN,
        locator=locator,
        seen_at=MOMENT,
    )


def shot(view: str, caption: str, *marks: str, written: object = ("evidence/1.webp", (1280, 900))) -> WindowShot:
    """Return a screenshot that has been written, or that could not be."""
    done: asyncio.Future[tuple[str, tuple[int, int]]] = asyncio.get_running_loop().create_future()
    if isinstance(written, Exception):
        done.set_exception(written)
    else:
        done.set_result(written)
    return WindowShot(view, MOMENT, message(caption), tuple(((0, 0, 9, 9), message(mark)) for mark in marks), 0, done)


async def test_a_view_is_recorded_once_with_everything_that_is_marked_in_it():
    """A screenshot of a view that was recorded before replaces it, unless that would lose a caption with its mark."""
    recorder = StepRecorder("page-1")
    for made in (
        shot("a", "The page"),
        shot("a", "The user", "first"),
        shot("b", "The user", "second"),
        shot("a", "The user", "third"),
        shot("a", "Where the step ended"),
    ):
        recorder.add_shot(made)
    await recorder.complete()
    kept = [(p.caption.text, [m.label.text for m in p.marks]) for p in recorder.of(Picture)]
    assert [("The user", ["first", "third"]), ("The user", ["second"]), ("Where the step ended", [])] == kept


async def test_a_picture_that_could_not_be_written_is_said_and_loses_no_other():
    """The failure is raised once all pictures that could be written are recorded."""
    recorder = StepRecorder("page-1")
    recorder.add_shot(shot("a", "one"))
    recorder.add_shot(shot("b", "two", written=CannotWrite(Path("evidence"), OSError(28, "No space left"))))
    recorder.add_shot(shot("c", "three"))
    with pytest.raises(CannotWrite):
        await recorder.complete()
    assert ["one", "three"] == [p.caption.text for p in recorder.of(Picture)]

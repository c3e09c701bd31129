"""Pictures are visited side by side; each visit keeps its place, and a failure of one does not lose the others."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.fakes import HOME, context, step_run
from support.stray import Stray

from troubleshooter.browser.failures import TimedOut
from troubleshooter.browser.patience import Patience, waiting_with
from troubleshooter.browser.session import Session
from troubleshooter.errors import CannotTell
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.steps.picture_visit import VisitedPicture
from troubleshooter.steps.picture_visits import TABS, PictureVisits, visit_pictures
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.workspace import Workspace

SITE = "https://contoso.sharepoint.com"


@pytest.fixture
async def step(session: Session, tmp_path: Path) -> StepRun:
    """Return a step of a session without tabs."""
    camera = Camera(RunFolder.new(tmp_path, "photo-differs", datetime.now(UTC), Redactor()))
    return step_run(context(), Workspace(session, camera, home=HOME, timeout=5))


async def test_each_visit_shows_its_own_picture(step: StepRun, stray: Stray):
    """The results are in the order in which they were asked for, and the tabs are closed."""
    urls = [f"{SITE}/picture/{n}" for n in range(2 * TABS + 1)]
    visits = await visit_pictures(step, urls)
    assert urls == list(visits.results)
    for url in urls:
        visited = visits.of(url)
        assert visited and visited.filled and visited.shot
        assert ((9, 9), url) == (visited.natural, visited.filled.response.url)
    assert [] == step.workspace.session.context.pages


async def test_a_picture_that_never_comes_does_not_lose_the_others(step: StepRun, stray: Stray):
    """The others are there, whichever came first; the failure is raised once they have been recorded."""
    urls = [f"{SITE}/withheld/picture", f"{SITE}/picture?1", f"{SITE}/refused", f"{SITE}/picture?2"]
    with waiting_with(Patience(1.0)):
        visits = await visit_pictures(step, urls)
    assert urls == list(visits.results)
    assert [None, True, False, True] == [(seen := visits.of(url)) and seen.shot is not None for url in urls]
    visits.check_session()
    with pytest.raises(TimedOut):
        visits.check()
    assert [] == step.workspace.session.context.pages


async def test_only_a_few_are_visited_at_a_time(step: StepRun, stray: Stray):
    """A tenant is asked by a few tabs; the next picture waits until one of them is done."""
    before = stray.held_back
    with waiting_with(Patience(60.0)):
        visiting = asyncio.ensure_future(visit_pictures(step, [f"{SITE}/withheld/{n}" for n in range(TABS + 3)]))
        async with asyncio.timeout(30):
            while stray.held_back < before + TABS:
                await asyncio.wait([visiting], timeout=0.1)
            await asyncio.wait([visiting], timeout=0.5)
        assert (TABS, TABS) == (stray.held_back - before, len(step.workspace.session.context.pages))
        visiting.cancel()
        await asyncio.gather(visiting, return_exceptions=True)
    assert [] == step.workspace.session.context.pages


async def test_every_tab_is_guarded(step: StepRun, stray: Stray):
    """A picture that leads to a look-alike host stops the run, and the host is never asked."""
    await visit_pictures(step, [f"{SITE}/picture/1", f"{SITE}/to-lookalike", f"{SITE}/picture/2"])
    stop = step.workspace.trouble.result()
    assert Reason.UNEXPECTED_HOST is stop.reason
    assert [] == stray.documents("login.microsoftonline.com.evil.example")


async def test_nothing_to_visit_opens_no_tab(step: StepRun):
    """Without URLs, no tab is opened."""
    assert {} == (await visit_pictures(step, [])).results


def test_a_session_that_is_over_comes_before_any_other_failure():
    """It ends the step at once; other failures are raised when all that is independent of them was done."""
    over = CannotTell(Reason.SIGNED_OUT, message("Over"))
    visits = PictureVisits({"a": VisitedPicture(None), "b": TimedOut("")}).and_then(PictureVisits({"c": over}))
    with pytest.raises(CannotTell):
        visits.check_session()
    with pytest.raises(TimedOut):
        visits.check()
    PictureVisits({"a": VisitedPicture(None)}).check()

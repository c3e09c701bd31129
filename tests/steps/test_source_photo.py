"""The photo is requested from its source as far as that is needed, and recorded in order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.fakes import HELPDESK, HOME, context, sighting, step_run
from support.stray import Stray

from troubleshooter.browser.failures import TimedOut
from troubleshooter.browser.patience import Patience, waiting_with
from troubleshooter.browser.session import Session
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Kind, Surface
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.steps.recorder import StepRecorder
from troubleshooter.steps.source_photo import see_source_photo
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.workspace import Workspace

OUTLOOK, MOVED, GRAPH = "outlook.office.com", "outlook.cloud.microsoft", "graph.microsoft.com"
CARD = sighting(Kind.PHOTO).model_copy(update={"surface": Surface.PROFILE_CARD})


@pytest.fixture
def step(session: Session, tmp_path: Path) -> StepRun:
    """Return a step of a colleague's session."""
    camera = Camera(RunFolder.new(tmp_path, "photo-differs", datetime.now(UTC), Redactor()))
    return step_run(context(HELPDESK), Workspace(session, camera, home=HOME, timeout=5))


def carded() -> StepRecorder:
    """Return the recorder of a step that saw the user's profile card."""
    recorder = StepRecorder("page-1")
    recorder.add(CARD)
    return recorder


async def test_hosts_that_return_no_picture_are_reported_in_order(step: StepRun, stray: Stray):
    """Outlook's second host and Graph are asked if the first returns none, and each says why it was not seen."""
    await see_source_photo(step)
    assert [Surface.OUTLOOK_PHOTO, Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO] == [u.surface for u in step.seen.unseen]
    for host, unseen in zip((OUTLOOK, MOVED, GRAPH), step.seen.unseen, strict=True):
        assert stray.documents(host)
        assert f"{host} returned a web page" in unseen.why.text


@pytest.mark.parametrize(("named", "asked"), [(frozenset(), False), (frozenset({Surface.GRAPH_PHOTO}), True)])
async def test_graph_is_not_asked_without_need(step: StepRun, stray: Stray, named: frozenset[Surface], asked: bool):
    """After a profile card, Graph is asked only if it was named."""
    step = step_run(context(HELPDESK, requested_surfaces=named), step.workspace, carded())
    await see_source_photo(step)
    assert asked == bool(stray.documents(GRAPH))


async def test_a_late_answer_of_outlook_does_not_lose_what_graph_says(step: StepRun, stray: Stray):
    """The step ends with the failure, once everything else has been recorded."""
    stray.silent.add(OUTLOOK)
    with waiting_with(Patience(1.0)), pytest.raises(TimedOut):
        await see_source_photo(step)
    assert [Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO] == [u.surface for u in step.seen.unseen]
    assert f"{MOVED} returned a web page" in step.seen.unseen[0].why.text

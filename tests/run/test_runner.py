"""Steps are performed in order, and whatever a step recorded is kept, however it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path

import pytest
from support.fakes import ANA, HOME, SHAREPOINT, context, sighting, workspace

from troubleshooter.browser.patience import Patience, patience, waiting_with
from troubleshooter.errors import CannotTell, CannotWrite, LeftOut, Stopped
from troubleshooter.model.enums import Kind, Reason, ScenarioKind
from troubleshooter.model.message import message
from troubleshooter.model.records import FoundPage, ScenarioDetails, Step
from troubleshooter.run.runner import Observer, Runner
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.recorder import FoundByStructure
from troubleshooter.steps.step_run import StepRun

Perform = Callable[[StepRun], Coroutine[object, object, None]]
DETAILS = ScenarioDetails(kind=ScenarioKind.COMPARES, heading="Mine")
PAGES = (f"{SHAREPOINT}/sites/hr/SitePages/Team.aspx", f"{SHAREPOINT}/sites/it/SitePages/Home.aspx")


async def opens_a_tab(step: StepRun) -> None:
    """Open a tab and take a screenshot."""
    step.workspace.turn_to(await step.workspace.open_tab())
    await step.photograph(message("A tab"))


def raises(error: BaseException) -> Perform:
    """Return a step that takes a screenshot and then raises `error`."""

    async def perform(step: StepRun) -> None:
        await step.photograph(message("Before"))
        raise error

    return perform


def scenario(*performs: Perform, **marks: object) -> Scenario:
    """Return a scenario with the steps `first`, `performs` and `last`; `marks` belong to the first of `performs`."""
    own = [StepDefinition(f"own-{n}", None, "Own", one, **(marks if n == 0 else {})) for n, one in enumerate(performs)]
    first = StepDefinition("first", "B1", "First", opens_a_tab)
    steps = (first, *own, StepDefinition("last", None, "Last", opens_a_tab))
    return Scenario("mine", "Mine", "", steps, DETAILS)


class Run:
    """A run without a browser, and its result."""

    def __init__(self, what: Scenario, pages: tuple[str, ...] = ()) -> None:
        self.runner = Runner(what, context(pages=pages))
        self.workspace = workspace()
        self.begun: list[str] = []
        self.done: list[str] = []
        self.stop: Stopped | None = None

    async def perform(self) -> Run:
        """Perform all steps, and record those that were not reached."""
        observer = Observer(lambda planned: self.begun.append(planned.id), lambda step: self.done.append(step.id))
        try:
            self.stop = await self.runner.perform_all(self.workspace, observer)
        finally:
            self.runner.skip_rest()
        return self

    @property
    def endings(self) -> list[tuple[str, str, Reason | None]]:
        """Return the id, the status and the reason of each step."""
        return [(step.id, step.status.value, step.reason) for step in self.runner.steps]

    @property
    def own(self) -> Step:
        """Return the record of the step between the first and the last."""
        return self.runner.steps[1]


async def test_steps_pass_in_order():
    """Each step is announced, performed with a screenshot, and reported, in order."""
    run = await Run(scenario(opens_a_tab)).perform()
    assert [("first", "passed", None), ("own-0", "passed", None), ("last", "passed", None)] == run.endings
    assert ["first", "own-0", "last"] == run.begun == run.done
    assert [("evidence/1.webp",), ("evidence/2.webp",), ("evidence/3.webp",)] == [s.shots for s in run.runner.steps]
    assert run.stop is None


async def test_a_step_says_its_note_and_how_it_found_its_way():
    """The record of a step that passes contains its last note and whether elements were found by structure only."""

    async def perform(step: StepRun) -> None:
        step.note(message("First thought"))
        step.note(message("Second thought"))
        step.recorder.add(FoundByStructure())

    own = (await Run(scenario(perform)).perform()).own
    assert ("Second thought", True) == (own.note.text, own.unverified)


async def test_a_step_that_cannot_tell_fails_and_the_run_goes_on():
    """A step that cannot tell fails with its reason, its note and a final screenshot, and the run continues."""
    run = await Run(scenario(raises(CannotTell(Reason.PAGE_MISSING, message("Nothing there"))))).perform()
    assert [("own-0", "failed", Reason.PAGE_MISSING), ("last", "passed", None)] == run.endings[1:]
    assert ("Nothing there", 2) == (run.own.note.text, len(run.own.pictures))
    assert "Where the step ended" == run.own.pictures[-1].caption.text
    assert [] == run.workspace.camera.kept


async def test_a_page_that_was_not_recognized_is_kept():
    """A page that was not recognized is kept in the evidence, under the page object's name and with nobody in it."""
    run = await Run(scenario(raises(CannotTell(Reason.PAGE_CHANGED, message("?"), page="site-page")))).perform()
    [(page, name)] = run.workspace.camera.kept
    assert (".site-page.html", True, False) == (name, b'<p id="page">' in page, b"Popescu" in page)


async def test_an_optional_part_that_is_left_out_is_skipped():
    """An optional part that is left out is skipped without a final screenshot, because nothing went wrong."""
    run = await Run(scenario(raises(LeftOut(Reason.WRONG_ACCOUNT, message("Another account"))))).perform()
    assert ("own-0", "skipped", Reason.WRONG_ACCOUNT) == run.endings[1]
    assert 1 == len(run.own.pictures)


async def test_a_failure_at_sign_in_is_a_lost_session():
    """A step that fails on a sign-in page after sign-in was over has lost the session, whatever its own error."""

    async def perform(step: StepRun) -> None:
        step.workspace.sign_in_is_over()
        await step.workspace.tab.goto("https://login.microsoftonline.com/common/oauth2/authorize")
        raise CannotTell(Reason.PAGE_CHANGED, message("?"), page="site-page")

    run = await Run(scenario(perform)).perform()
    assert ("own-0", "failed", Reason.SIGNED_OUT) == run.endings[1]
    assert [] == run.workspace.camera.kept


async def test_nothing_follows_a_step_that_found_the_session_over():
    """What fails without a session says nothing about the photo: neither the rest, nor pictures of the step itself."""

    async def perform(step: StepRun) -> None:
        step.recorder.add(sighting(Kind.BROKEN), sighting(Kind.PHOTO), sighting(Kind.LOADING))
        raise CannotTell(Reason.SIGNED_OUT, message("Over"))

    run = await Run(scenario(perform)).perform()
    assert [("own-0", "failed", Reason.SIGNED_OUT), ("last", "skipped", None)] == run.endings[1:]
    assert [Kind.PHOTO] == [seen.kind for seen in run.runner.seen.sightings]


async def test_a_step_whose_picture_cannot_be_saved_ends_the_run():
    """It fails with a reason of its own, the file is named, and no last screenshot is tried."""
    run = Run(scenario(raises(CannotWrite(Path("evidence/a.png"), OSError(28, "No space left on device")))))
    with pytest.raises(CannotWrite):
        await run.perform()
    assert [("own-0", "failed", Reason.NOT_SAVED), ("last", "skipped", None)] == run.endings[1:]
    assert ("a.png could not be written: No space left on device.", 1) == (run.own.note.text, len(run.own.pictures))


async def test_nothing_follows_an_essential_step_that_failed():
    """All steps after a failed essential step are recorded as skipped."""
    failing = raises(CannotTell(Reason.PAGE_CHANGED, message("?")))
    run = await Run(scenario(failing, essential=True)).perform()
    assert [("own-0", "failed", Reason.PAGE_CHANGED), ("last", "skipped", None)] == run.endings[1:]
    assert ["first", "own-0"] == run.done


async def test_a_stop_ends_the_run():
    """A stop ends the run, with its step and a final screenshot recorded and the remaining steps skipped."""
    stop = Stopped(Reason.WRONG_PASSWORD, message("Refused"), message("Check it"), "AADSTS50126")
    run = await Run(scenario(raises(stop))).perform()
    assert stop is run.stop
    assert [("own-0", "failed", Reason.WRONG_PASSWORD), ("last", "skipped", None)] == run.endings[1:]
    assert ("Refused", 2) == (run.own.note.text, len(run.own.pictures))
    assert ["first", "own-0"] == run.done


async def test_the_page_of_an_unknown_sign_in_screen_is_kept():
    """The page of an unknown sign-in screen is kept, so that a maintainer can add the screen."""
    stop = Stopped(Reason.UNKNOWN_SIGN_IN_SCREEN, message("New"), message("Send it"))
    run = await Run(scenario(raises(stop))).perform()
    assert [".sign-in.html"] == [name for _, name in run.workspace.camera.kept]


async def test_the_guard_stops_a_step_that_waits():
    """The run ends if the guard refuses a page, even if the step itself would wait forever."""
    stop = Stopped(Reason.UNEXPECTED_HOST, message("evil.example"), message("Report it"))

    async def perform(step: StepRun) -> None:
        step.workspace.trouble.set_result(stop)
        await asyncio.Event().wait()

    run = await Run(scenario(perform)).perform()
    assert (stop, ("own-0", "failed", Reason.UNEXPECTED_HOST)) == (run.stop, run.endings[1])


async def test_an_interrupted_step_keeps_what_it_recorded():
    """An interrupted step keeps its screenshots, a final one and the reason; then the cancellation is raised."""
    run = Run(scenario(raises(asyncio.CancelledError())))
    with pytest.raises(asyncio.CancelledError):
        await run.perform()
    assert [("own-0", "failed", Reason.INTERRUPTED), ("last", "skipped", None)] == run.endings[1:]
    assert ["Before", "Where the step ended"] == [picture.caption.text for picture in run.own.pictures]


async def test_a_step_that_the_time_of_the_run_ends_says_so():
    """It is reported like an interruption: what it recorded is kept, the rest is skipped, and the reason is its own."""

    async def perform(step: StepRun) -> None:
        await step.photograph(message("Before"))
        await asyncio.Event().wait()

    run, waits = Run(scenario(perform)), Patience(20.0, 0.2)
    with waiting_with(waits), pytest.raises(TimeoutError):
        async with waits.clock.ending():
            await run.perform()
    assert [("own-0", "failed", Reason.TIME_LIMIT), ("last", "skipped", None)] == run.endings[1:]
    assert ["Before", "Where the step ended"] == [picture.caption.text for picture in run.own.pictures]


async def test_each_step_has_its_own_time_to_wait():
    """What one step waited for in vain takes nothing from the next."""
    given = []

    async def perform(step: StepRun) -> None:
        with patience().wait(message("the user’s picture"), 20.0) as wait:
            given.append(wait.seconds)
            patience().in_vain(replace(wait, began=wait.began - 20.0))

    with waiting_with(Patience(20.0)):
        await Run(scenario(perform, perform)).perform()
    assert [20.0, 20.0] == given


async def test_a_crashed_step_keeps_what_it_recorded():
    """A step that crashes records the error's type but not its message; then the error is raised."""
    run = Run(scenario(raises(ZeroDivisionError("secret"))))
    with pytest.raises(ZeroDivisionError):
        await run.perform()
    assert [("own-0", "failed", Reason.CRASHED), ("last", "skipped", None)] == run.endings[1:]
    assert ("The product failed here: ZeroDivisionError", 2) == (run.own.note.text, len(run.own.pictures))


async def test_a_step_for_each_page():
    """A step for each page is performed once per page, and knows the page's index."""
    seen = []

    async def perform(step: StepRun) -> None:
        seen.append(step.page)

    run = await Run(scenario(perform, each_page=True), PAGES).perform()
    assert ["first", "own-0-1", "own-0-2", "last"] == [step.id for step in run.runner.steps]
    assert [0, 1] == seen


async def test_pages_that_a_step_finds_add_steps():
    """A step for each page is performed for every page that an earlier step found."""

    async def find(step: StepRun) -> None:
        step.recorder.add(*(FoundPage(url=url, how=message("Found")) for url in PAGES))

    visits = StepDefinition("page", "B4", "Go to {page}", opens_a_tab, each_page=True)
    searching = Scenario("mine", "Mine", "", (StepDefinition("find", None, "Find", find), visits), DETAILS)
    run = await Run(searching).perform()
    assert ["find", "page-1", "page-2"] == [step.id for step in run.runner.steps]
    assert f"Go to {PAGES[1]}" == run.runner.steps[-1].title


async def test_a_step_for_each_page_is_skipped_where_there_is_none():
    """If there are no pages, a step for each page is recorded once, as skipped."""
    run = await Run(scenario(opens_a_tab, each_page=True)).perform()
    assert [("own-0", "skipped", None), ("last", "passed", None)] == run.endings[1:]


async def test_a_step_is_left_out_where_its_condition_says_so():
    """A step whose condition does not hold is not even recorded; one whose condition holds is performed."""
    run = await Run(scenario(opens_a_tab, when=lambda context, seen: context.username != ANA)).perform()
    assert ["first", "last"] == [step.id for step in run.runner.steps]
    kept = await Run(scenario(opens_a_tab, when=lambda context, seen: context.username == ANA)).perform()
    assert ["first", "own-0", "last"] == [step.id for step in kept.runner.steps]


async def test_titles_are_in_the_readers_words():
    """A title contains the home page and the account, and keeps its template for translation."""
    title = StepDefinition("office", "B2", "Go to {home} and sign in as {account}", opens_a_tab)
    run = await Run(Scenario("mine", "Mine", "", (title,), DETAILS)).perform()
    assert f"Go to {HOME} and sign in as {ANA}" == run.runner.steps[0].title
    assert "Go to {home} and sign in as {account}" == run.runner.steps[0].said.template

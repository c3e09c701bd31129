"""Performs the steps of a scenario without ever losing their evidence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from troubleshooter.errors import CannotTell, LeftOut, Stopped
from troubleshooter.locale import N_
from troubleshooter.model.enums import Reason, StepStatus
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Step
from troubleshooter.redaction.patterns import redact_address

if TYPE_CHECKING:
    from troubleshooter.steps.context import Visit
from troubleshooter.browser.guard import unless_stopped
from troubleshooter.scenario import Scenario, StepDefinition


@dataclass(frozen=True)
class Planned:
    """A step of one run: an instruction, for one page where it is done for each."""

    instruction: StepDefinition
    id: str
    said: Message
    page: int | None = None

    def step(self, status: StepStatus, **more: object) -> Step:
        """Return the record of this step."""
        return Step(
            id=self.id,
            article_step=self.instruction.article_step,
            title=self.said.text,
            said=self.said,
            status=status,
            beside=self.instruction.beside,
            **more,  # type: ignore[arg-type]
        )


def plan(scenario: Scenario, visit: Visit) -> list[Planned]:
    """Return the steps that `scenario` takes in this run, in order."""
    planned = []
    for one in scenario.steps:
        if not one.when(visit):
            continue
        for index in (range(len(visit.pages)) or [None]) if one.each_page else [None]:
            page = visit.pages[index] if index is not None else N_("a page whose People web part includes the user")
            said = message(one.title, home=visit.tenant.home, account=visit.username, subject=visit.subject, page=page)
            planned.append(Planned(one, one.id if index is None else f"{one.id}-{index + 1}", said, index))
    return planned


async def perform(planned: Planned, visit: Visit) -> Step:
    """Do one step and return its record, with its pictures, however it ended.

    Raises:
        Stopped: after `visit.failed` was given the step's record; nothing more can be done.
    """
    visit.begin(planned.id, planned.page)
    started = datetime.now(UTC)
    status, reason = StepStatus.PASSED, None
    note: Message | None = None
    stop: Stopped | None = None
    try:
        await unless_stopped(_foreseen(planned.instruction.perform(visit), visit), visit.trouble)
    except CannotTell as error:
        status, reason, note = StepStatus.FAILED, error.reason, error.note
        if isinstance(error, LeftOut):
            status = StepStatus.SKIPPED
        elif visit.at_sign_in():
            reason, note = Reason.SIGNED_OUT, message("The page went to sign-in while it was being looked at.")
            await visit.last_picture(None)
        else:
            await visit.last_picture(error.page)
    except Stopped as error:
        status, reason, note, stop = StepStatus.FAILED, error.reason, error.what, error
        await visit.last_picture("sign-in" if error.reason is Reason.UNKNOWN_SIGN_IN_SCREEN else None)
    except asyncio.CancelledError:
        await visit.last_picture(None)
        visit.steps.append(
            planned.step(
                StepStatus.FAILED,
                reason=Reason.INTERRUPTED,
                note=message("The run was interrupted here."),
                started=started,
                finished=datetime.now(UTC),
                **visit.pictures_taken(),
            )
        )
        raise
    except Exception as error:
        await visit.last_picture(None)
        note = message("The product failed here: {error}", error=redact_address(f"{type(error).__name__}"))
        visit.steps.append(
            planned.step(
                StepStatus.FAILED,
                reason=Reason.CRASHED,
                note=note,
                started=started,
                finished=datetime.now(UTC),
                **visit.pictures_taken(),
            )
        )
        raise
    note = note or visit.note
    step = planned.step(
        status, reason=reason, note=note, started=started, finished=datetime.now(UTC), **visit.pictures_taken()
    )
    visit.steps.append(step)
    if stop:
        raise stop
    return step


async def _foreseen(work: Coroutine[object, object, None], visit: Visit) -> None:
    from troubleshooter.browser.failures import translated_errors  # noqa: PLC0415 - it loads the browser's library

    with translated_errors(visit):
        await work


def next_of(scenario: Scenario, visit: Visit) -> Planned | None:
    """Return the step that comes next: pages may be found, and so steps be added, on the way."""
    taken = {step.id for step in visit.steps}
    for one in plan(scenario, visit):
        if one.id in taken:
            continue
        if one.instruction.each_page and one.page is None:
            visit.steps.append(one.step(StepStatus.SKIPPED))
            continue
        return one
    return None


async def perform_all(
    scenario: Scenario, visit: Visit, begin: Callable[[Planned], None], done: Callable[[Step], None]
) -> Stopped | None:
    """Perform the steps in order; return what stopped the run, or None."""
    while one := next_of(scenario, visit):
        begin(one)
        try:
            step = await perform(one, visit)
        except Stopped as error:
            done(visit.steps[-1])
            return error
        done(step)
        if step.status is StepStatus.FAILED and one.instruction.essential:
            break
    return None


def skip_rest(scenario: Scenario, visit: Visit) -> None:
    """Note the steps that were not reached as skipped."""
    reached = {step.id for step in visit.steps}
    visit.steps += [one.step(StepStatus.SKIPPED) for one in plan(scenario, visit) if one.id not in reached]

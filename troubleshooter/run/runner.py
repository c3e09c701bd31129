"""Performs the steps of a scenario without ever losing what they recorded."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from troubleshooter.browser.failures import translated_errors
from troubleshooter.browser.guard import unless_stopped
from troubleshooter.browser.patience import Patience, patience
from troubleshooter.errors import CannotTell, CannotWrite, LeftOut, Stopped
from troubleshooter.locale import N_
from troubleshooter.model.enums import Kind, Reason, StepStatus
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Picture, Sighting, Step
from troubleshooter.redaction.run_log import Event, Id, Phase, log
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.clock import now
from troubleshooter.steps.context import RunContext
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.recorder import FoundByStructure, Note, StepRecorder, Superseded
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.workspace import Workspace


@dataclass(frozen=True)
class PlannedStep:
    """A step of one run: its definition and, if it is performed once per page, the page."""

    definition: StepDefinition
    id: str
    title: Message
    page: int | None = None

    def record(self, status: StepStatus, **more: Any) -> Step:  # noqa: ANN401 - the fields of a Step
        """Return the record of this step."""
        return Step(
            id=self.id,
            article_step=self.definition.article_step,
            title=self.title.text,
            said=self.title,
            status=status,
            beside=self.definition.beside,
            **more,
        )


@dataclass(frozen=True)
class Observer:
    """Notified of each step: when it begins, and with its record when it is done; and of what is logged."""

    begin: Callable[[PlannedStep], None] = lambda planned: None  # noqa: ARG005
    done: Callable[[Step], None] = lambda step: None  # noqa: ARG005
    line: Callable[[str], None] | None = None
    """Called with each line of the run's log; None keeps no log."""
    started: Callable[[Patience], None] = lambda waits: None  # noqa: ARG005
    """Called when the run starts, with what tells at any time what the run waits for."""


@dataclass(frozen=True)
class _Ending:
    """The result of performing a step."""

    status: StepStatus
    reason: Reason | None = None
    note: Message | None = None


class Runner:
    """Performs the steps of one scenario in order."""

    def __init__(self, scenario: Scenario, context: RunContext) -> None:
        self._scenario = scenario
        self._context = context
        self._steps: list[Step] = []
        self._recorders: list[StepRecorder] = []
        self.seen = Observations(context.subject, context.pages, self._recorders)
        """What the steps have recorded so far."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the records of the steps so far."""
        return tuple(self._steps)

    def plan(self) -> Iterator[PlannedStep]:
        """Yield the steps of this run in order; pages that the run finds add steps."""
        context = self._context
        for definition in self._scenario.steps:
            if not definition.when(context, self.seen):
                continue
            pages = self.seen.pages
            for index in (range(len(pages)) or [None]) if definition.each_page else [None]:
                page = pages[index] if index is not None else N_("a page whose People web part includes the user")
                title = message(
                    definition.title,
                    home=context.tenant.home,
                    account=context.username,
                    subject=context.subject,
                    page=page,
                )
                step_id = definition.id if index is None else f"{definition.id}-{index + 1}"
                yield PlannedStep(definition, step_id, title, index)

    async def perform_all(self, workspace: Workspace, observer: Observer) -> Stopped | None:
        """Perform the steps in order; return what stopped the run, or None."""
        while planned := self._next():
            observer.begin(planned)
            try:
                await self.perform(planned, workspace)
            except Stopped as error:
                observer.done(self._steps[-1])
                return error
            observer.done(self._steps[-1])
            last = self._steps[-1]
            if last.status is StepStatus.FAILED and (planned.definition.essential or last.reason is Reason.SIGNED_OUT):
                break  # without a session nothing more can be seen, and what fails says nothing about the photo
        return None

    def _next(self) -> PlannedStep | None:
        """Return the next step to perform; record a step that needs a page and has none as skipped."""
        taken = {step.id for step in self._steps}
        for planned in self.plan():
            if planned.id in taken:
                continue
            if planned.definition.each_page and planned.page is None:
                self._steps.append(planned.record(StepStatus.SKIPPED))
                continue
            return planned
        return None

    def skip_rest(self) -> None:
        """Record as skipped the steps that were not reached."""
        reached = {step.id for step in self._steps}
        self._steps += [planned.record(StepStatus.SKIPPED) for planned in self.plan() if planned.id not in reached]

    async def perform(self, planned: PlannedStep, workspace: Workspace) -> None:
        """Perform one step and, however it ends, record it with its screenshots.

        Raises:
            Stopped: nothing more can be done.
            CannotWrite: what the step saw can't be saved.
        """
        recorder = StepRecorder(planned.id)
        self._recorders.append(recorder)
        step = StepRun(self._context, workspace, self.seen, recorder, planned.page)
        started, began = now(), time.monotonic()
        patience().begin_step()
        log(Phase.STEP, Event.BEGAN, Id(planned.id))
        # The default, recorded if an exception that is not handled below ends the step.
        ending = _Ending(StepStatus.FAILED, Reason.INTERRUPTED, message("The run was interrupted here."))
        try:
            await unless_stopped(self._translated(planned, step), workspace.trouble)
            await recorder.complete()
            ending = _Ending(StepStatus.PASSED)
        except CannotTell as error:
            ending = await _cannot_tell(step, error)
        except CannotWrite as error:
            note = message("{path} could not be written: {why}.", path=error.path.name, why=error.why)
            ending = _Ending(StepStatus.FAILED, Reason.NOT_SAVED, note)
            raise
        except Stopped as error:
            ending = _Ending(StepStatus.FAILED, error.reason, error.what)
            await step.last_photograph("sign-in" if error.reason is Reason.UNKNOWN_SIGN_IN_SCREEN else None)
            raise
        except asyncio.CancelledError:
            if patience().clock.has_run_out:
                note = message("The time limit of the run was reached here.")
                ending = _Ending(StepStatus.FAILED, Reason.TIME_LIMIT, note)
            await step.last_photograph()
            raise
        except Exception as error:
            note = message("The product failed here: {error}", error=type(error).__name__)
            ending = _Ending(StepStatus.FAILED, Reason.CRASHED, note)
            await step.last_photograph()
            raise
        finally:
            with suppress(CannotWrite):  # a picture of where the step ended; how it ended matters more
                await recorder.complete()
            self._steps.append(_record(planned, ending, recorder, started=started, finished=now()))
            result = [ending.status, *([ending.reason] if ending.reason else [])]
            log(Phase.STEP, Event.DONE, Id(planned.id), *result, seconds=time.monotonic() - began)

    async def _translated(self, planned: PlannedStep, step: StepRun) -> None:
        with translated_errors(step.workspace):
            await planned.definition.perform(step)


def _forget_failures(recorder: StepRecorder) -> None:
    """Leave out the pictures that did not load in a step in which the session ended: that may be why."""
    lost = [sighting for sighting in recorder.of(Sighting) if sighting.kind in (Kind.BROKEN, Kind.LOADING)]
    recorder.add(*map(Superseded, lost))


async def _cannot_tell(step: StepRun, error: CannotTell) -> _Ending:
    """Take a screenshot where a step could not see what it needed; return how the step ended."""
    if isinstance(error, LeftOut):
        return _Ending(StepStatus.SKIPPED, error.reason, error.note)
    if error.reason is Reason.SIGNED_OUT or step.workspace.at_sign_in:
        _forget_failures(step.recorder)
    if step.workspace.at_sign_in:
        await step.last_photograph()
        note = message("The page redirected to sign-in while it was being inspected.")
        return _Ending(StepStatus.FAILED, Reason.SIGNED_OUT, note)
    await step.last_photograph(error.page)
    return _Ending(StepStatus.FAILED, error.reason, error.note)


def _record(planned: PlannedStep, ending: _Ending, recorder: StepRecorder, **times: object) -> Step:
    """Return the record of a step: how it ended, what it noted, and its screenshots."""
    pictures = recorder.of(Picture)
    notes = [note.text for note in recorder.of(Note)]
    return planned.record(
        ending.status,
        reason=ending.reason,
        note=ending.note or (notes[-1] if notes else None),
        shots=tuple(picture.path for picture in pictures),
        pictures=pictures,
        unverified=bool(recorder.of(FoundByStructure)),
        **times,
    )

"""Defines what a scenario consists of: its steps, what the report says about it, and how its outcome is judged."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass

from troubleshooter.diagnose.outcome import JudgeOutcome
from troubleshooter.model.records import Record, ScenarioDetails
from troubleshooter.steps.context import RunContext
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.step_run import StepRun


def _always(context: RunContext, seen: Observations) -> bool:  # noqa: ARG001 - the shape of every condition
    return True


@dataclass(frozen=True)
class StepDefinition:
    """One step of a scenario, as declared."""

    id: str
    article_step: str | None
    """The article's own number, such as `B1`; None outside the article."""
    title: str
    """Template of the title, such as `Go to {home} and sign in as {account}`."""
    perform: Callable[[StepRun], Coroutine[object, object, None]]
    each_page: bool = False
    """Whether the step is performed once for each page of the run, with `StepRun.page` set."""
    when: Callable[[RunContext, Observations], bool] = _always
    """Whether the step is part of the run."""
    essential: bool = False
    """Whether the run ends when the step fails."""
    beside: bool = False
    """Whether the verdict does not depend on the step."""


@dataclass(frozen=True)
class Scenario:
    """A script for one section of the article."""

    id: str
    title: str
    summary: str
    steps: tuple[StepDefinition, ...]
    details: ScenarioDetails
    """What the report says about the scenario; stored in the record."""
    judge: JudgeOutcome | None = None
    """Judges the outcome of a scenario that acts; None for one that compares."""
    pages: bool = True
    """Whether the scenario visits the pages given with `--page`."""
    changes: bool = False
    """Whether the scenario changes something in the tenant, which requires `--allow-changes` and `--photo`."""


def with_details(record: Record, scenarios: Mapping[str, Scenario]) -> Record:
    """Return `record` with the details of its scenario, which records of older versions do not store."""
    scenario = scenarios.get(record.scenario)
    if record.scenario_details or scenario is None:
        return record
    return record.model_copy(update={"scenario_details": scenario.details})

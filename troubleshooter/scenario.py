"""What a scenario is made of."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from troubleshooter.steps.context import RunContext
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.step_run import StepRun


def _always(context: RunContext, seen: Observations) -> bool:  # noqa: ARG001 - the shape of every condition
    return True


@dataclass(frozen=True)
class StepDefinition:
    """One step of a scenario, as written."""

    id: str
    article_step: str | None
    """The article's own number, `B1`; None outside the article."""
    title: str
    """A template: `Go to {home} and sign in as {account}`."""
    perform: Callable[[StepRun], Coroutine[object, object, None]]
    each_page: bool = False
    """Performed once for each page of the run, with `StepRun.page` set."""
    when: Callable[[RunContext, Observations], bool] = _always
    """Left out of the run when this returns False."""
    essential: bool = False
    """Nothing after it can be done when it fails."""
    beside: bool = False
    """The verdict stands without it: it looks at something that the verdict does not cover."""


@dataclass(frozen=True)
class Scenario:
    """A script for one section of the article."""

    id: str
    title: str
    summary: str
    steps: tuple[StepDefinition, ...]
    pages: bool = True
    """Whether it visits the pages that `--page` names."""
    changes: bool = False
    """Whether it changes something in the tenant: only with `--allow-changes`, and with the photo of `--photo`."""

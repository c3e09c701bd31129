"""What a scenario is made of, and how its steps are performed without ever losing their evidence."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.steps.context import Visit


@dataclass(frozen=True)
class StepDefinition:
    """One step of a scenario, as written."""

    id: str
    article_step: str | None
    title: str
    """A template: `Go to {home} and sign in as {account}`."""
    perform: Callable[[Visit], Coroutine[object, object, None]]
    each_page: bool = False
    """Performed once for each `--page`, with `visit.page` set."""
    when: Callable[[Visit], bool] = lambda visit: True  # noqa: ARG005
    """Left out of the run when this says False."""
    essential: bool = False
    """When it can't be done, nothing after it can."""
    beside: bool = False
    """Whether the verdict stands without it: it looks at what the verdict does not speak of."""


@dataclass(frozen=True)
class Scenario:
    """A script for one section of the article."""

    id: str
    title: str
    summary: str
    steps: tuple[StepDefinition, ...]
    pages: bool = True
    """Whether it goes to the pages that `--page` names."""
    changes: bool = False
    """Whether it changes something in the tenant: only with `--allow-changes`, and with the photo of `--photo`."""

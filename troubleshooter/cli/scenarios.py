"""The `troubleshooter scenarios` commands."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli.app import App
from troubleshooter.cli.console import answer, guarded
from troubleshooter.errors import InputError

if TYPE_CHECKING:
    from troubleshooter.scenario import Scenario

_WIDTH = 100
"""Characters of a line."""
_WORDS = {
    "home": "www.office.com",
    "account": "the account that --as names",
    "page": "a page where the photo is out of date, or whose People web part includes the user",
}
"""What the titles of steps say instead of what is only known in a run."""

app = App(help="What can be run, with the steps of the support article.", no_args_is_help=True)


@app.command("list")
@guarded
def list_() -> None:
    """List the scenarios: id and title."""
    from scenarios import SCENARIOS  # noqa: PLC0415

    for scenario in SCENARIOS.values():
        answer(f"{scenario.id:<18}{scenario.title}")


@app.command("show")
@guarded
def show(name: Annotated[str, typer.Argument(metavar="ID", help="A scenario's id.")]) -> None:
    """Show one scenario as the support article tells it: each step, and what the script does there."""
    from scenarios import SCENARIOS  # noqa: PLC0415

    if name not in SCENARIOS:
        raise InputError("ID", f"no scenario {name!r}; allowed: {', '.join(SCENARIOS)}")
    scenario = SCENARIOS[name]
    for line in (f"{scenario.id}: {scenario.title}", *scenario.summary.splitlines(), ""):
        answer(line)
    for step in scenario.steps:
        answer(f"{step.article_step or '–':<4}{_title(step.title)}")
        for line in wrap(_what(step.perform), _WIDTH, initial_indent="    ", subsequent_indent="    "):
            answer(line)
    answer("")
    answer("The letters and numbers are those of the article; the steps marked – are not in it.")
    answer(f"Run it: troubleshooter run {scenario.id} {_options(scenario)}")


def _title(template: str) -> str:
    """Return a step's title with words for what is only known in a run."""
    for name, said in _WORDS.items():
        template = template.replace(f"{{{name}}}", said)
    return template


def _what(perform: Callable[..., object]) -> str:
    """Return what a step does, as a sentence."""
    text = " ".join((inspect.getdoc(perform) or "").split())
    said = text.split(": ", 1)[-1]
    return f"{said[:1].upper()}{said[1:]}"


def _options(scenario: Scenario) -> str:
    """Return the options that a first run of `scenario` needs."""
    if scenario.changes:
        return "--tenant FILE --as ACCOUNT --photo FILE --allow-changes"
    return "--tenant FILE --as ACCOUNT" + (" --subject UPN --page URL" if scenario.judge is None else "")


@app.command("surfaces")
@guarded
def surfaces() -> None:
    """List the surfaces: id, whose avatar it shows, when it is checked, and which photo store feeds it."""
    from troubleshooter.surfaces import SURFACES  # noqa: PLC0415

    for surface in SURFACES.values():
        answer(f"{surface.surface.value:<18}{surface.whose.value:<11}{surface.default.value:<11}{surface.source.value}")


def register(root: typer.Typer) -> None:
    """Add the commands to `root`."""
    root.add_typer(app, name="scenarios")

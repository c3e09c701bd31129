"""The options of the commands: command line over environment over tenant file over default.

What options there are says `run/request.py`; here typer gets them, and the tenant file fills what was not given.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from troubleshooter.run.options import Declared, Option, declared, from_file
from troubleshooter.run.request import RunRequest, RunSettings


class Output(BaseModel):
    """What a command prints."""

    as_json: Annotated[bool, Option("Print the record as one line of JSON on stdout.", flag="--json")] = False
    quiet: Annotated[bool, Option("Don't print progress to stderr.", short="-q")] = False
    verbose: Annotated[bool, Option("List every avatar found.", short="-v")] = False


Given = Mapping[str, Any]
"""Options by the names of their fields, as the command line or else the environment gives them; others are missing."""

COMMON = declared(RunSettings, Output)
"""The options of each command that makes a run. A tenant file may set them."""
OF_RUN = declared(RunRequest, Output)
"""The options of `run`: what to run, too."""


def named(*names: str) -> tuple[Declared, ...]:
    """Return some of the common options, for a command that needs no others."""
    return tuple(option for option in COMMON if option.name in names)


def with_options(options: Iterable[Declared]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that gives a command these options after its own, as one argument, `given`."""
    shared = [_parameter(option) for option in options]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def wrapper(**kwargs: Any) -> None:  # noqa: ANN401 - typer passes what the signature says
            given = {p.name: value for p in shared if (value := kwargs.pop(p.name)) is not None}
            command(**kwargs, given=given)

        own = inspect.signature(command, eval_str=True).parameters.values()
        keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own if p.name != "given"]
        wrapper.__signature__ = inspect.Signature([*keyword, *shared])  # type: ignore[attr-defined]
        wrapper.__annotations__ = {p.name: p.annotation for p in (*keyword, *shared)}
        return wrapper

    return decorate


def _parameter(declared: Declared) -> inspect.Parameter:
    """Return an option as typer reads it from a signature."""
    option = declared.option
    info: Any
    if option.argument:
        info = typer.Argument(metavar=option.metavar, help=option.help)
    else:
        flags = (declared.flag, *([option.short] if option.short else []))
        info = typer.Option(
            *flags, envvar=declared.variable, metavar=option.metavar, show_default=False, help=option.help
        )
    kind: Any = list[str] if option.repeatable else declared.type
    default, annotation = (inspect.Parameter.empty, kind) if declared.required else (None, kind | None)
    return inspect.Parameter(
        declared.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[annotation, info]
    )


def merged(given: Given, defaults: Mapping[str, object], source: str | Path) -> Given:
    """Return the options as given, and where one is not, as the `[options]` of a tenant file say.

    Args:
        source: where `defaults` come from, for errors.

    Raises:
        InputError: `defaults` hold an option that there is not, or a value of another type.
    """
    return {**from_file(defaults, str(source), COMMON), **given}

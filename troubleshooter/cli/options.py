"""Gives the commands their options. Precedence: command line, environment, tenant file, default.

`run/request.py` declares the options; this module passes them to typer, and takes missing values from the tenant file.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from troubleshooter.run.option_types import OutputNames
from troubleshooter.run.options import Declared, Option, Panel, declared, from_file
from troubleshooter.run.request import RunRequest, RunSettings


class Output(BaseModel):
    """Options for what a command prints."""

    as_json: Annotated[
        bool, Option("Print the record as one line of JSON on stdout.", flag="--json", panel=Panel.OUTPUT)
    ] = False
    quiet: Annotated[bool, Option("Don't print progress to stderr.", short="-q", panel=Panel.OUTPUT)] = False
    verbose: Annotated[
        bool,
        Option(
            "Print what is waited for, and keep it in log.txt; list every avatar found.", short="-v", panel=Panel.OUTPUT
        ),
    ] = False
    also: Annotated[
        OutputNames,
        Option(
            "Also write the report in these formats, beside the run's folder: pdf, zip, mail, card, markdown, junit, "
            "ctrf, csv, separated by commas.",
            metavar="LIST",
            panel=Panel.REPORT,
        ),
    ] = ()


Given = Mapping[str, Any]
"""Options keyed by field name, from the command line or the environment; options that were not given are missing."""

COMMON = declared(RunSettings, Output)
"""The options of every command that performs a run. A tenant file may set them."""
OF_RUN = declared(RunRequest, Output)
"""The options of `run`: the common options, and what to run."""


def named(*names: str) -> tuple[Declared, ...]:
    """Return the common options with these names, for a command that needs no others."""
    return tuple(option for option in COMMON if option.name in names)


def with_options(options: Iterable[Declared]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that gives a command these options after its own, as a single argument named `given`."""
    shared = [_parameter(option) for option in sorted(options, key=_place)]

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


def _place(option: Declared) -> int:
    """Return where an option's panel is in the help text: in the order of the panels, arguments first."""
    return list(Panel).index(option.option.panel) if option.option.panel else -1


def _parameter(declared: Declared) -> inspect.Parameter:
    """Return the option as a parameter of a signature, from which typer reads it."""
    option = declared.option
    info: Any
    if option.argument:
        info = typer.Argument(metavar=option.metavar, help=option.help)
    else:
        flags = (declared.flag, *([option.short] if option.short else []))
        info = typer.Option(
            *flags,
            envvar=declared.variable,
            metavar=option.metavar,
            show_default=False,
            help=option.help,
            rich_help_panel=option.panel,
        )
    kind: Any = list[str] if option.repeatable else declared.type
    default, annotation = (inspect.Parameter.empty, kind) if declared.required else (None, kind | None)
    return inspect.Parameter(
        declared.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[annotation, info]
    )


def merged(given: Given, defaults: Mapping[str, object], source: str | Path) -> Given:
    """Return the given options, completed by the `[options]` of a tenant file.

    Args:
        source: where `defaults` come from, for errors.

    Raises:
        InputError: `defaults` contain an unknown option, or a value of the wrong type.
    """
    return {**from_file(defaults, str(source), COMMON), **given}

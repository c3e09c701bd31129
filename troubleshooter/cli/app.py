"""Extends typer's application and groups.

An option may be given only once, help shows a type only where a value is expected, and errors are safe to print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from troubleshooter.cli.console import WRONG_INPUT, say
from troubleshooter.redaction.printable import printable


@contextmanager
def _printable_errors() -> Iterator[None]:
    """Make the messages of typer's errors safe to print, because they repeat what was given."""
    try:
        yield
    except Exception as error:
        if isinstance(said := getattr(error, "message", None), str):
            error.message = printable(said)  # type: ignore[attr-defined]
        raise


def _without_type(option: Any) -> Any:  # noqa: ANN401 - typer does not name the type
    """Return `option`; if it is a flag with a type, which help would show like a value to give, a copy without it."""
    if not getattr(option, "is_flag", False) or option.metavar is not None:
        return option
    flag = copy(option)
    flag.metavar = ""
    return flag


class _TypeOnlyWithValue:
    """Mixed into commands and groups: their flags, `--help` too, have no type in help."""

    _help_flag: Any = None

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401
        """Return the options and arguments; typer may have added some since the last time."""
        self.params: list[Any] = [_without_type(option) for option in self.params]
        return super().get_params(ctx)  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """Return the option that shows the help: the same each time, because typer compares it by identity."""
        if self._help_flag is None:
            self._help_flag = _without_type(super().get_help_option(ctx))  # type: ignore[misc]
        return self._help_flag


class _Command(_TypeOnlyWithValue, TyperCommand):
    """A command whose options may be given only once, unless they are repeatable; some need no value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer does not name the type
        """Parse `args`; refuse an option that is given twice, of which typer would silently use the last."""
        args = self._with_values(args)
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        for option, times in Counter(p for p in given if isinstance(p, TyperOption) and not p.multiple).items():
            if times > 1:
                say(f"troubleshooter: {max(option.opts, key=len)}: given {times} times; expected once")
                raise typer.Exit(WRONG_INPUT)
        return super().parse_args(ctx, args)

    def _with_values(self, args: list[str]) -> list[str]:
        """Return `args` with an empty value for each option that is given without the value that it may do without.

        Such an option has a metavar in brackets. Its value is a file, so that an option or a folder is not it.
        """
        bare = {
            flag
            for option in self.params
            if isinstance(option, TyperOption) and (option.metavar or "").startswith("[")
            for flag in option.opts
        }
        found, end = [], args.index("--") if "--" in args else len(args)
        for index, word in enumerate(args):
            following = args[index + 1] if index + 1 < len(args) else "--"
            alone = word in bare and index < end and (following.startswith("-") or Path(following).is_dir())
            found.append(f"{word}=" if alone else word)
        return found

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Parse the command line."""
        with _printable_errors():
            return super().make_context(*args, **kwargs)


class Group(_TypeOnlyWithValue, TyperGroup):
    """A group of commands whose errors are safe to print."""

    def resolve_command(self, *args: Any) -> Any:  # noqa: ANN401
        """Return the command that the command line names."""
        with _printable_errors():
            return super().resolve_command(*args)


class App(typer.Typer):
    """A group of commands."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**{"cls": Group, **kwargs})

    def command(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:  # noqa: ANN401 - as typer's own
        """Return a decorator that adds a command."""
        return super().command(*args, **{"cls": _Command, **kwargs})

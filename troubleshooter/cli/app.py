"""Extends typer's application and groups: an option may be given only once, and errors are safe to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


class _Command(TyperCommand):
    """A command whose options may be given only once, unless they are repeatable."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer does not name the type
        """Parse `args`; refuse an option that is given twice, of which typer would silently use the last."""
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        for option, times in Counter(p for p in given if isinstance(p, TyperOption) and not p.multiple).items():
            if times > 1:
                say(f"troubleshooter: {max(option.opts, key=len)}: given {times} times; expected once")
                raise typer.Exit(WRONG_INPUT)
        return super().parse_args(ctx, args)

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Parse the command line."""
        with _printable_errors():
            return super().make_context(*args, **kwargs)


class Group(TyperGroup):
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

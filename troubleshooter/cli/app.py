"""The application and its groups of commands: typer's, except that an option may be given once only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperOption

from troubleshooter.cli.console import WRONG_INPUT, say


class _Command(TyperCommand):
    """A command whose options, unless they are repeatable, may be given once."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer does not name the type
        """Parse `args`; refuse an option that is given twice, of which typer would silently use the last."""
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        for option, times in Counter(p for p in given if isinstance(p, TyperOption) and not p.multiple).items():
            if times > 1:
                say(f"troubleshooter: {max(option.opts, key=len)}: given {times} times; expected once")
                raise typer.Exit(WRONG_INPUT)
        return super().parse_args(ctx, args)


class App(typer.Typer):
    """A group of commands."""

    def command(self, *args: Any, **kwargs: Any) -> Callable[..., Any]:  # noqa: ANN401 - as typer's own
        """Return a decorator that adds a command."""
        return super().command(*args, **{"cls": _Command, **kwargs})

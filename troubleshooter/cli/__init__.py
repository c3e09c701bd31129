"""The command line: one module per command; each parses, calls, prints and exits, and contains no other logic.

A command's module is loaded when the command is given, and loads what takes time where it needs it, so that `--help`
and mistakes are answered fast.
"""

from __future__ import annotations

import logging
import sys

import typer

from troubleshooter import __version__
from troubleshooter.cli import commands
from troubleshooter.cli.app import App
from troubleshooter.cli.console import INTERRUPTED, Log, print_anything
from troubleshooter.cli.signals import Terminated, raise_on_sigterm

app = App(
    name="troubleshooter",
    cls=commands.Commands,
    help="Why is my picture still wrong in SharePoint? Compares the profile photo on every surface, and says why.",
    epilog="Exit codes: 0 in sync · 1 out of sync, no photo · 2 input · 3 not let in · 4 cannot tell · 70 defect.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they would print local variables, and with them secrets
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version.", is_eager=True)) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


commands.register(app)


def main() -> None:
    """Run the command given on the command line."""
    print_anything()
    raise_on_sigterm()
    # Libraries' log messages go to stderr as well, and only through the redactor.
    logging.basicConfig(level=logging.WARNING, handlers=[Log()])
    try:
        app()
    except Terminated:
        sys.exit(INTERRUPTED)  # before a command began, or after it ended

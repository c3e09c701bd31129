"""The commands, each with its line in the list of commands. To add one, add its module and a line here.

The list of commands is made from this table alone; a command's module is loaded when that command is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from typer.main import get_group

from troubleshooter.cli.app import App, Group

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "Check a photo in the built-in sandbox tenant. Nothing to set up.",
        "run": "Run one scenario for one user.",
        "recheck": "Repeat a run with the same inputs, and report what has changed since.",
        "report": "Render a run's report again from its record and evidence, without a browser.",
        "compare": (
            "Compare stored avatar pictures. Exit code: 0 same, 1 different (with --among: not found), 4 undetermined."
        ),
        "capture-page": ("Save a page without its people, so that it can be sent to whoever repairs the locators."),
        "survey": (
            "Visit the pages without changing anything, and save what nobody has seen yet, without people, in one file."
        ),
        "doctor": ("Check what is missing on this computer or in a tenant file, and whether its accounts can sign in."),
        "locators": (
            "List what the product looks for on each page, by which selectors, and the facts that they are based on."
        ),
        "schema": "Print the JSON Schema of record.json, with all causes, reasons, surfaces and kinds.",
        "scenarios": "What can be run, with the steps of the support article.",
        "sandbox": "The built-in tenant, kept running for several runs.",
        "secret": (
            "Secrets in this computer's keyring. NAME is what follows `keyring:` in the tenant file, SERVICE/USER; "
            "without a slash, the service is `troubleshooter`: "
            "`helpdesk-totp` is `keyring:troubleshooter/helpdesk-totp`."
        ),
    }
)


def command(name: str) -> Any:  # noqa: ANN401 - typer does not name the type
    """Load the module of the command `name`, and return the command."""
    alone = App()
    import_module(f"troubleshooter.cli.{name.replace('-', '_')}").register(alone)
    return get_group(alone).commands[name]


class Commands(Group):
    """The group of all commands, of which it knows only the lines in the list until one is given."""

    def resolve_command(self, *args: Any) -> Any:  # noqa: ANN401
        """Return the command that the command line names, loaded."""
        name, found, rest = super().resolve_command(*args)
        return name, command(name) if name else found, rest


def register(app: App) -> None:
    """Add a line for each command to `app`."""
    for name, line in COMMANDS.items():
        app.command(name, help=line)(lambda: None)

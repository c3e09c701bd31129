"""The commands, each with its line in the list of commands. To add one, add its module and a line here.

The list of commands is made from this table alone; a command's module is loaded when that command is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.main import get_group

from troubleshooter.cli.app import App, Group
from troubleshooter.cli.console import WRONG_INPUT, say

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "Check a photo in the built-in sandbox tenant. Nothing to set up.",
        "run": "Run one scenario for one user.",
        "verify": "Check many users in one run, which can be interrupted and resumed.",
        "recheck": "Repeat a run with the same inputs, and report what has changed since.",
        "report": "Render a run's report again from its record and evidence, without a browser.",
        "merge": "Join the parts of a run that several machines checked (verify --shard).",
        "verify-evidence": "Check, offline, that no file of a run was altered, removed or added, and who signed it.",
        "sign": "Sign a run that is already there, with an Ed25519 key, after checking that nothing was altered.",
        "note": "Add a dated note to a run; it does not change what was seen.",
        "index": "List the runs in a folder of reports on one page that can be searched.",
        "prune": "List the runs that ended before a given time; delete them with --yes.",
        "diff": "Compare two runs of many users, or two runs of one user: what is new, fixed, still there, changed.",
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
        "causes": "Explain the causes: what users say, what to do, who can do it, and how long it takes.",
        "scenarios": "What can be run, with the steps of the support article.",
        "sandbox": "The built-in tenant, kept running for several runs.",
        "tenant": "Tenant files: where a tenant's pages are, and which accounts may sign in.",
        "secret": (
            "Secrets in this computer's keyring. NAME is what follows `keyring:` in the tenant file, SERVICE/USER; "
            "without a slash, the service is `troubleshooter`: "
            "`helpdesk-totp` is `keyring:troubleshooter/helpdesk-totp`."
        ),
    }
)

_MEANT = MappingProxyType(
    {
        "check": "`troubleshooter run photo-differs` checks one user's photo, `troubleshooter verify` those of a list",
        "runs": "`troubleshooter index` lists the runs in a folder of reports",
    }
)
"""What is meant by words that are often tried and are no commands."""


def command(name: str) -> Any:  # noqa: ANN401 - typer does not name the type
    """Load the module of the command `name`, and return the command."""
    alone = App()
    import_module(f"troubleshooter.cli.{name.replace('-', '_')}").register(alone)
    return get_group(alone).commands[name]


class Commands(Group):
    """The group of all commands, of which it knows only the lines in the list until one is given."""

    def resolve_command(self, *args: Any) -> Any:  # noqa: ANN401
        """Return the command that the command line names, loaded; say what is meant by some that do not exist."""
        context, words = args
        if words and words[0] in _MEANT and not context.resilient_parsing:
            say(f"troubleshooter: {words[0]}: no such command; {_MEANT[words[0]]}")
            raise typer.Exit(WRONG_INPUT)
        name, found, rest = super().resolve_command(*args)
        return name, command(name) if name else found, rest


def register(app: App) -> None:
    """Add a line for each command to `app`."""
    for name, line in COMMANDS.items():
        app.command(name, help=line)(lambda: None)

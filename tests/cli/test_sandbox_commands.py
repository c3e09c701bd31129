"""The commands that `sandbox serve` prints are commands of this program, with its options."""

from __future__ import annotations

import shlex
from pathlib import Path

import typer

from troubleshooter.cli import sandbox_commands
from troubleshooter.cli.commands import COMMANDS, command
from troubleshooter.redaction.secret import Secret
from troubleshooter.tenant.sandbox import outline
from troubleshooter.tenant.tenant import Tenant

FILE = Path("my sandbox.toml")


def tenant(**changes: object) -> Tenant:
    known = {"default_subject": "ana.popescu@contoso.com", "known_secrets": {"A_PASSWORD": Secret("it's secret")}}
    return Tenant(**{**vars(outline()), **known, **changes})


def parsed(line: str) -> tuple[str, dict[str, object]]:
    """Return the command's name and its parameters, as the command line reads them; a mistake raises."""
    program, name, *args = shlex.split(line)
    assert "troubleshooter" == program
    assert name in COMMANDS
    found = command(name)
    context = found.make_context(name, args)
    while isinstance(found, typer.core.TyperGroup):
        name, found, args = found.resolve_command(context, [*context._protected_args, *context.args])
        context = found.make_context(name, args)
    return name, context.params


def test_each_command_can_be_pasted():
    """Every command is read without an error, and names the tenant file, whose name has a space, as one value."""
    lines = [sandbox_commands.run_command(tenant(), FILE)]
    lines += [line for _, line in sandbox_commands.more_commands(tenant(), FILE, Path("users.csv"))]
    read = [parsed(line) for line in lines]
    assert ["run", "run", "verify", "doctor", "advance"] == [name for name, _ in read]
    assert {str(FILE)} == {str(params["tenant"]) for _, params in read}


def test_without_a_list_no_command_names_one():
    """`verify` is printed only where users were listed."""
    lines = [line for _, line in sandbox_commands.more_commands(tenant(), FILE, None)]
    assert not [line for line in lines if "verify" in line]
    assert 3 == len(lines)


def test_secrets_are_quoted_for_each_shell():
    """The `export` line survives a quote in the password; PowerShell gets its own line on Windows only."""
    assert ["export A_PASSWORD='it'\"'\"'s secret'"] == list(sandbox_commands.secret_lines(tenant()))
    assert [] == list(sandbox_commands.powershell_lines(tenant(), "posix"))
    assert ["$env:A_PASSWORD = 'it''s secret'"] == list(sandbox_commands.powershell_lines(tenant(), "nt"))

"""Every command in a block of the documents can be pasted: the command line reads it, with its options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from troubleshooter.cli.commands import COMMANDS, command

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "docs/helpdesk.md", "docs/tenant-file.md", "docs/real-tenant.md", "docs/verify.md"]
_BLOCK = re.compile(r"^```(?:sh|powershell)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def commands() -> Iterator[tuple[str, str]]:
    """Yield each command of this program in the documents, without comments and with its lines joined."""
    for document in DOCUMENTS:
        for block in _BLOCK.findall((ROOT / document).read_text(encoding="utf-8")):
            for line in re.sub(r"[\\`]\n\s*", "", block).splitlines():
                if line.startswith("troubleshooter "):
                    yield document, re.sub(r"\s+#.*", "", line)


def check(line: str) -> None:
    """Have the command line read `line`; a mistake raises."""
    _, name, *args = shlex.split(line, posix=True)
    if name.startswith("--"):
        return
    assert name in COMMANDS
    found = command(name)
    context = found.make_context(name, args)
    if isinstance(found, typer.core.TyperGroup):
        name, found, args = found.resolve_command(context, [*context._protected_args, *context.args])
        found.make_context(name, args)


@pytest.mark.parametrize(("document", "line"), list(commands()))
def test_a_command_of_a_document_can_be_pasted(document: str, line: str):
    """Every command with its options and arguments is one that the program accepts."""
    check(line)


def test_the_readme_installs_before_it_runs():
    """A visitor meets the installation first, for PowerShell and for sh, then the first run, then the real tenant."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert ["Install", "First run", "What the answer looks like", "A real tenant", "Many users"] == headings[:5]
    install = text[text.index("## Install") : text.index("## First run")]
    assert "```powershell" in install
    assert "```sh" in install


def test_wrong_commands_are_noticed():
    """A command with an option that does not exist is not one that can be pasted."""
    assert len(list(commands())) > 12
    with pytest.raises(Exception, match="No such option"):
        check("troubleshooter demo --nonsense")

"""A command loads only what it needs: counted in modules, which a busy computer does not change."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.left_over import files_left, processes_left, temporary_folder

from troubleshooter.cli.commands import COMMANDS, command
from troubleshooter.tenant.sandbox import as_toml

from ..run.runs import NOON, made
from ..tenant.files import SANDBOX

SLOW = ("playwright", "numpy", "PIL", "imagehash", "babel", "jinja2", "starlette", "uvicorn", "cryptography", "keyring")
"""Packages that take long to load; none is needed to print a help text or a table."""
LOADED = """
import json, sys
from typer.testing import CliRunner
from troubleshooter.cli import app
found = {}
for line in json.loads(sys.argv[1]):
    result = CliRunner().invoke(app, line)
    found[" ".join(line)] = [result.exit_code, sorted({name.partition(".")[0] for name in sys.modules})]
print(json.dumps(found))
"""


def loaded(*lines: list[str]) -> dict[str, tuple[int, set[str]]]:
    """Give `lines` to the command line, one after the other, in a process of their own.

    Returns the exit code of each, and the packages that were loaded by then.
    """
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, json.dumps(lines)], capture_output=True, text=True, check=True, timeout=120
    )
    return {line: (code, set(packages)) for line, (code, packages) in json.loads(ran.stdout).items()}


def test_the_list_of_commands_loads_no_command():
    """`--help` loads neither a command nor what commands need."""
    script = (
        "import sys; from troubleshooter.cli import main\n"
        "try: main()\n"
        "finally: print(*(name for name in sys.modules if name.startswith(('troubleshooter', *{})) ), file=sys.stderr)"
    )
    of_commands = {f"troubleshooter.cli.{name.replace('-', '_')}" for name in COMMANDS}
    names = (*SLOW, "pydantic", "asyncio")
    ran = subprocess.run(
        [sys.executable, "-c", script.format(names), "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    here = set(ran.stderr.split())
    assert set() == here & of_commands
    assert set() == {name for name in here if name.partition(".")[0] in names}
    assert all(f" {name} " in ran.stdout for name in COMMANDS)


def test_no_help_loads_a_browser_or_pictures():
    """No command's help loads what drives a browser, reads pictures, renders a report or serves the sandbox."""
    found = loaded(*([name, "--help"] for name in COMMANDS), ["sandbox", "serve", "--help"])
    assert {} == {line: packages & set(SLOW) for line, (_, packages) in found.items() if packages & set(SLOW)}
    assert {0} == {code for code, _ in found.values()}


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        (["schema"], set()),
        (["demo", "--list-faults"], set()),
        (["scenarios", "list"], {"babel"}),
        (["scenarios", "show", "photo-differs"], {"babel"}),
        (["locators"], {"babel"}),
    ],
)
def test_what_prints_a_table_is_light(line: list[str], needed: set[str]):
    """Commands that print what the product knows load neither Playwright nor what reads pictures."""
    code, packages = loaded(line)[" ".join(line)]
    assert (0, needed) == (code, packages & set(SLOW))


def test_rendering_again_needs_no_browser_and_no_pixels(tmp_path: Path):
    """`report` loads what renders, but neither Playwright nor what reads pictures."""
    run = made(tmp_path, NOON).folder.path
    code, packages = loaded(["report", str(run)])[f"report {run}"]
    assert (4, {"babel", "jinja2"}) == (code, packages & set(SLOW))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_a_command_is_that_of_its_help(name: str):
    """The line in the list of commands is the first paragraph of the command's own help."""
    assert COMMANDS[name] == " ".join(inspect.cleandoc(command(name).help).split("\n\n")[0].split())


@pytest.mark.browser
@pytest.mark.parametrize(
    ("line", "named"),
    [
        (["run", "dance"], "SCENARIO"),
        (["run", "photo-differs", "--page", "https://evil.example/a.aspx"], "--page"),
        (["run", "photo-differs", "--expect", "nowhere.jpg"], "--expect"),
        (["run", "photo-differs"], "TROUBLESHOOTER_SANDBOX_PASSWORD"),
    ],
)
def test_wrong_input_leaves_no_browser(line: list[str], named: str, tmp_path: Path):
    """The browser starts while the input is checked; if that is wrong, nothing of it is left when the command ends."""
    (tmp_path / "tenant.toml").write_text(as_toml(SANDBOX), encoding="utf-8")
    out = tmp_path / "reports"
    command = [sys.executable, "-m", "troubleshooter", *line, "--tenant", "tenant.toml", "--as", "ana"]
    with temporary_folder() as temporary:
        environment = {**os.environ, "TMPDIR": str(temporary)}
        ended = subprocess.run(
            [*command, "--out", str(out)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        left = files_left(temporary), processes_left(temporary)
    assert (2, "", 1) == (ended.returncode, ended.stdout, ended.stderr.count("\n")), ended.stderr
    assert named in ended.stderr
    assert not out.exists()
    assert ([], []) == left

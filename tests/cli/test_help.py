"""Help lists each option in one panel, with what a first run needs on top; shells can complete commands and options."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import takewhile

import pytest
from typer.core import TyperOption
from typer.main import get_command
from typer.testing import CliRunner

from troubleshooter.batch.request import VerifyRequest
from troubleshooter.cli import app
from troubleshooter.cli.commands import COMMANDS, command
from troubleshooter.cli.options import Output
from troubleshooter.run.options import Panel, declared
from troubleshooter.run.request import RunRequest

FIRST = ["--tenant", "--as", "--subject", "--page", "--expect"]
DECLARED = {"run": declared(RunRequest, Output), "verify": declared(VerifyRequest)}


def panels(command: str) -> dict[str, list[str]]:
    """Return the options of each panel of a command's help, in their order."""
    text = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).output
    found: dict[str, list[str]] = {}
    for part in text.split("╭─ ")[1:]:
        body = "\n".join(takewhile(lambda line: not line.startswith("╰"), part.splitlines()))
        found[part.split(" ─")[0]] = re.findall(r"^│ [* ]*(--[\w-]+)", body, re.MULTILINE)
    return found


@pytest.mark.parametrize("command", DECLARED)
def test_every_option_is_in_exactly_one_panel(command: str):
    """Each option is listed once, in the panel that its declaration names; only --help is in none of them."""
    found = panels(command)
    listed = [option for options in found.values() for option in options]
    assert len(set(listed)) == len(listed)
    for option in DECLARED[command]:
        if option.option.argument:
            assert option.option.panel is None
        else:
            assert option.option.panel is not None, option.flag
            assert option.flag in found[option.option.panel.value]
    assert ["--help"] == found["Options"]
    assert set(found) <= {"Arguments", "Options", *Panel}


def words_of_all_commands() -> list[list[str]]:
    """Return the words that name each command, with the commands of groups, and the program itself."""
    found: list[list[str]] = [[]]
    for name in COMMANDS:
        below = getattr(command(name), "commands", {})
        found += [[name], *([name, one] for one in below)]
    return found


@pytest.mark.parametrize("words", words_of_all_commands(), ids=" ".join)
def test_only_what_takes_a_value_shows_a_type(words: list[str]):
    """In every help, a flag is followed by its explanation alone; an option that takes a value, by what it takes."""
    text = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "300"}).output
    found = command(words[0]) if words else get_command(app)
    found = found.commands[words[1]] if words[1:] else found
    options = found.get_params(found.make_context("help", [], resilient_parsing=True))
    for option in (option for option in options if isinstance(option, TyperOption)):
        row = re.search(rf"^│ [* ]*{max(option.opts, key=len)}\b(?: +-\w\b)? +(.*)", text, re.MULTILINE)
        assert row, option.opts
        assert option.is_flag == row[1].startswith(option.help[:20]), row[0]
    assert "--help" in text


def test_what_a_first_run_needs_is_on_top():
    """The first panel of options begins with the five that a first run needs, and the panels have their order."""
    found = panels("run")
    names = [name for name in found if name not in ("Arguments", "Options")]
    assert FIRST == found[names[0]][:5]
    assert [panel.value for panel in Panel if panel.value in names] == names


def test_help_ends_with_a_command_to_copy():
    """`run --help` has examples, and its first one is read without an error."""
    text = CliRunner().invoke(app, ["run", "--help"], env={"COLUMNS": "200"}).output
    example = re.search(r"^ *troubleshooter (run .*?) *$", text[text.index("Examples:") :], re.MULTILINE)
    assert example
    options = {option.flag for option in DECLARED["run"]}
    assert set(re.findall(r"--[\w-]+", example[1])) <= options


@pytest.mark.parametrize(("word", "meant"), [("check", "troubleshooter verify"), ("runs", "troubleshooter index")])
def test_words_that_are_often_tried_name_the_command(word: str, meant: str):
    """One line says what is meant instead of the command that is spelled alike; other words get the usual error."""
    done = CliRunner().invoke(app, [word, "ana"])
    assert (2, True, 1) == (done.exit_code, meant in done.stderr, done.stderr.count("\n"))
    assert "No such command 'rechek'" in CliRunner().invoke(app, ["rechek"]).stderr


@pytest.mark.parametrize(("typed", "expected"), [("re", {"recheck", "report"}), ("run --sub", {"--subject"})])
def test_a_shell_completes_commands_and_options(typed: str, expected: set[str]):
    """What is typed so far is completed from the real commands, also those that are loaded only when given."""
    words = f"troubleshooter {typed}"
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_TROUBLESHOOTER_COMPLETE": "complete_bash"}
    code = "import sys; sys.argv = ['troubleshooter']; from troubleshooter.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **asked}, capture_output=True, text=True, check=False
    )
    assert expected == set(done.stdout.split())

"""The documents describe what the product does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.tools import tool
from typer.testing import CliRunner

from scenarios import SCENARIOS
from troubleshooter.cli import app
from troubleshooter.cli.options import Output
from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.run.options import declared
from troubleshooter.run.request import RunRequest
from troubleshooter.sandbox import FAULTS
from troubleshooter.signin.screens import ALL_ROWS

from .locale.extraction import texts

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
HELPS = [
    ["run"],
    ["verify"],
    ["recheck"],
    ["demo"],
    ["report"],
    ["causes"],
    ["merge"],
    ["note"],
    ["sign"],
    ["verify-evidence"],
    ["index"],
    ["prune"],
    ["diff"],
    ["compare"],
    ["doctor"],
    ["survey"],
    ["sandbox", "serve"],
    ["sandbox", "fault"],
    ["tenant", "new"],
    [],
]
COMMANDS = [
    "demo",
    "run",
    "verify",
    "recheck",
    "report",
    "merge",
    "verify-evidence",
    "sign",
    "note",
    "index",
    "prune",
    "diff",
    "compare",
    "capture-page",
    "causes",
    "scenarios",
    "sandbox",
    "secret",
    "tenant",
    "survey",
    "doctor",
    "locators",
    "schema",
]


def test_every_command_is_in_the_readme():
    """The README contains every command."""
    there = [c.name or c.callback.__name__ for c in app.registered_commands] + [g.name for g in app.registered_groups]
    assert sorted(COMMANDS) == sorted(there)
    for command in COMMANDS:
        assert f"`troubleshooter {command}" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str):
    """Every command has a help text."""
    result = CliRunner().invoke(app, [command, "--help"])
    assert 0 == result.exit_code
    assert "Usage" in result.output


def test_every_option_has_help():
    """Every option has a description, and an environment variable."""
    output = CliRunner().invoke(app, ["run", "--help"], env={"COLUMNS": "200"}).output
    for option in declared(RunRequest, Output):
        assert option.option.help.endswith(".")
        assert option.option.argument or (f" {option.flag} " in output and f": {option.variable}]" in output)


def test_no_text_mentions_an_option_that_does_not_exist():
    """Every option in a text of the product or in the README is an option of a command."""
    runner = CliRunner()
    helps = "".join(runner.invoke(app, [*c, "--help"], env={"COLUMNS": "200"}).output for c in HELPS)
    there = set(re.findall(r"--[a-z][a-z-]+", helps))
    said = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README + " ".join(texts())))
    assert set() == said - there


def test_exit_codes_are_complete():
    """The README's table contains every exit code."""
    assert ["0", "1", "2", "3", "4", "70", "130"] == re.findall(r"^\| (\d+) \|", README, re.MULTILINE)


def test_causes_are_complete():
    """The README lists the causes that the product recognizes."""
    listed = re.search(r"Causes that it can recognize so far: (.*?) of the table", README, re.DOTALL)
    assert listed
    assert list(CAUSES) == re.findall(r"C\d+", listed[1])


def test_links_resolve():
    """Every relative link and picture in the documents leads to a file."""
    documents = [f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")]
    for document in ("README.md", "CONTRIBUTING.md", "scenarios/README.md", *documents):
        path = ROOT / document
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{document}: {target}"


def test_tests_named_beside_the_locators_exist():
    """Every row of the table of today's pages names a test file that exists."""
    text = (ROOT / "docs" / "real-pages.md").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row.startswith("| ") and "---" not in row and "Page or part" not in row]
    named = [re.findall(r"`(tests/[\w./]+\.py)`", row) for row in rows]
    assert len(rows) > 20
    assert all(paths and all((ROOT / path).is_file() for path in paths) for paths in named)


def test_paths_of_the_contributors_page_exist():
    """Every path in CONTRIBUTING.md exists, and every folder of the package is in its map."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:troubleshooter|scenarios|tests|tools)/[\w./-]*)`", text)
    assert len(paths) > 40
    assert [] == [path for path in paths if not (ROOT / path).exists()]
    folders = {f"troubleshooter/{p.name}/" for p in (ROOT / "troubleshooter").iterdir() if (p / "__init__.py").exists()}
    assert folders <= set(paths)
    assert ["errors.py", "scenario.py", "urls.py"] == sorted(
        p.name for p in (ROOT / "troubleshooter").glob("*.py") if not p.name.startswith("__")
    )


def test_the_examples_of_the_contributors_page_are_real():
    """The fault, cause, screen and option that CONTRIBUTING.md takes as examples are those of the product."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    added = text[text.index("## How to add") : text.index("## Habits")]
    assert {"panel-from-sharepoint", "wrong-person"} <= set(FAULTS) & set(re.findall(r"`([\w-]+)`", added))
    assert "`C15`" in added and "C15" in CAUSES
    assert "`change-password`" in added
    assert "| change-password |" in (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8")
    assert (
        "`--show-others`" in added
        and "--show-others" in CliRunner().invoke(app, ["run", "--help"], env={"COLUMNS": "200"}).output
    )


def test_the_glossary_is_short():
    """The glossary has at most forty lines, so that it is read."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    glossary = text[text.index("## Glossary") : text.index("## Why these libraries")]
    assert len(glossary.strip().splitlines()) <= 40


def test_every_scenario_has_its_row():
    """The scenarios' README contains every scenario and every step of the article in it."""
    text = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
    for scenario in SCENARIOS.values():
        assert f"`{scenario.id}`" in text
        for step in scenario.steps:
            assert step.article_step is None or f"| {step.article_step} |" in text


def test_the_makefile_has_the_documented_targets():
    """The Makefile has the targets that the README and CONTRIBUTING.md mention."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("help", "demo", "check", "test", "lint", "bench", "bench-speed"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_table_of_sign_in_screens_is_up_to_date():
    """The documented table of sign-in screens is that of the code; `python tools/sign_in_table.py` updates it."""
    text = (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8")
    assert text == tool("sign_in_table").renewed(text)
    assert len(ALL_ROWS) + 2 == text.partition("## ")[0].count("\n| ")

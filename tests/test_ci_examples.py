"""The pipelines in docs/ci/ are valid, and use commands and options that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.batch.publication import _FORMATS as FORMATS
from troubleshooter.cli import app

yaml = pytest.importorskip("yaml", reason="install the extra dev")

FOLDER = Path(__file__).parents[1] / "docs" / "ci"
PIPELINES = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yml")}


def scripts(part: object) -> list[str]:
    """Return the shell scripts in a pipeline, wherever they are."""
    if isinstance(part, dict):
        own = [text for key, text in part.items() if key in ("run", "bash") and isinstance(text, str)]
        return own + [text for value in part.values() for text in scripts(value)]
    return [text for value in part for text in scripts(value)] if isinstance(part, list) else []


def commands(name: str) -> list[list[str]]:
    """Return the words of every call of the product in a pipeline, without what a CI system puts in."""
    text = "\n".join(scripts(yaml.safe_load(PIPELINES[name]))).replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    return [shlex.split(line.partition("||")[0]) for line in lines if line.startswith("troubleshooter ")]


def test_both_are_there():
    """There is a pipeline for each of the two systems."""
    assert {"github-actions.yml", "azure-pipelines.yml"} == PIPELINES.keys()


@pytest.mark.parametrize("name", PIPELINES)
def test_commands_and_options_exist(name: str):
    """Every command exists, with every option that follows it, and the options that a script adds."""
    called = commands(name)
    assert ["verify", "merge"] == [words[1] for words in called]
    for _, command, *words in called:
        shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
        assert 0 == shown.exit_code
        known = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", shown.output))
        added = re.findall(r"(?<=[( ])--[a-z][a-z-]+", " ".join(re.findall(r"earlier=\(.*\)", PIPELINES[name])))
        given = [word for word in words if word.startswith("--")] + (added if command == "verify" else [])
        assert given
        assert set() == set(given) - known


@pytest.mark.parametrize("name", PIPELINES)
def test_what_the_pipelines_are_to_show(name: str):
    """Each splits the list, joins it, compares it with the run before, and publishes JUnit and the report."""
    verify, merge = commands(name)
    assert {"--shard", "--rate", "--run-dir", "--non-interactive", "--yes", "--accept"} <= set(verify)
    assert "--baseline previous" in PIPELINES[name]
    out = merge[merge.index("--out") + 1]
    assert f"{out}/junit.xml" in PIPELINES[name]
    assert "junit.xml" in FORMATS
    assert re.search(rf"path: {out}$|publish: {out} ", PIPELINES[name], re.MULTILINE)


def test_the_parts_are_as_many_as_machines():
    """The split has as many parts as the matrix has machines, and their rates add up to that of one account."""
    github = yaml.safe_load(PIPELINES["github-actions.yml"])["jobs"]["check"]
    (verify, _) = commands("github-actions.yml")
    shards = github["strategy"]["matrix"]["shard"]
    assert list(range(1, len(shards) + 1)) == shards
    assert f"{{{{ matrix.shard }}}}/{len(shards)}" in PIPELINES["github-actions.yml"]
    azure = next(job for job in yaml.safe_load(PIPELINES["azure-pipelines.yml"])["jobs"] if job["job"] == "check")
    assert len(shards) == azure["strategy"]["parallel"]
    for call in (verify, commands("azure-pipelines.yml")[0]):
        assert 8 == len(shards) * float(call[call.index("--rate") + 1])


@pytest.mark.parametrize("name", PIPELINES)
def test_secrets_come_from_the_store(name: str):
    """A password reaches the one step that needs it, as a variable that the CI system fills in."""
    uses = re.findall(r"CONTOSO_HELPDESK_PASSWORD: (.*)", PIPELINES[name])
    assert 1 == len(uses)
    assert uses[0].startswith(("${{ secrets.CONTOSO_HELPDESK_PASSWORD }}", "$(CONTOSO_HELPDESK_PASSWORD)"))
    assert not [words for words in commands(name) if "password" in " ".join(words).lower()]

"""docs/pytest.md describes what the plugin does."""

from __future__ import annotations

import re

import pytest

from pytest_troubleshooter import PhotoResult
from pytest_troubleshooter.options import OPTIONS
from pytest_troubleshooter.settings import Asked
from troubleshooter.run.options import declared
from troubleshooter.run.request import RunSettings

from .conftest import ROOT, Inner

pytest_plugins = ["pytester"]

PAGE = ROOT / "docs" / "pytest.md"
TEXT = PAGE.read_text(encoding="utf-8")


def cells(heading: str) -> list[str]:
    """Return the code in the first cells of the rows of tables below a heading, in order."""
    part = re.split(r"^## ", TEXT[TEXT.index(f"## {heading}") + 3 :], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line.split(" | ")[0] for line in part.splitlines() if line.startswith("| `")]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row)]


def test_options():
    """Every option is there, with its other names."""
    rows = re.findall(r"^\| `(--photo-[a-z-]+)(?: [A-Z]+)?` \| `(\w+)` \| `(\w+)` \|", TEXT, re.MULTILINE)
    assert [(f"--photo-{option.key}", option.ini, option.variable) for option in OPTIONS] == rows
    said = set(re.findall(r"--photo-[a-z-]+", TEXT))
    assert {f"--photo-{option.key}" for option in OPTIONS} == said


def test_fixtures_arguments_and_attributes():
    """The tables have every fixture, argument and attribute."""
    attributes = {name for name in vars(PhotoResult) if not name.startswith("_")} | set(PhotoResult.__annotations__)
    known = {"photo_check", "private_session", "tenant"} | set(Asked.__annotations__) | attributes
    assert known == set(cells("What a test gets"))


def test_the_variables_that_are_removed():
    """The page names those that the product removes from the environment."""
    source = (ROOT / "troubleshooter" / "__init__.py").read_text(encoding="utf-8")
    removed = re.search(r"for _variable in \((.*?)\)", source)
    assert removed
    assert re.findall(r'"(\w+)"', removed[1]) == re.findall(r"`(\w+)`", TEXT[TEXT.index("variables `DEBUG`") :])[:5]


def test_defaults_are_those_of_the_product():
    """Times and rates that the page names are those that count."""
    defaults = {option.key: option.name for option in declared(RunSettings)}
    assert "reports" == str(RunSettings.model_fields[defaults["out"]].default)
    assert "at most 8 requests a second" in TEXT


def test_its_links_lead_to_files():
    """Every relative link leads to a file."""
    for page in (PAGE, ROOT / "docs" / "ci" / "README.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).is_file(), target


def test_its_examples_are_tests(inner: Inner, stored: object, monkeypatch: pytest.MonkeyPatch):
    """All examples together are a test file that pytest collects with strict markers, from the list that they name."""
    (inner.path / "users.csv").write_text("upn,page\nin-sync,https://c/a\n", encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert 4 == len(examples)
    (inner.path / "test_photos.py").write_text(examples[1], encoding="utf-8")
    inner("--strict-markers", "test_photos.py").assert_outcomes(passed=1)
    others = "import pytest\n" + examples[0] + examples[2].replace("test_ana", "test_bianca") + examples[3]
    (inner.path / "test_others.py").write_text(others, encoding="utf-8")
    assert 3 == inner("--strict-markers", "--collect-only", "-q", "test_others.py").stdout.str().count("::")

"""The package index gets what it shows: license, classifiers, description and readme; who imports it gets types."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
METADATA = PROJECT["project"]


@pytest.mark.parametrize("package", PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
def test_every_package_says_that_it_has_types(package: str):
    """Each package that the wheel carries has its py.typed, which type checkers look for."""
    assert (ROOT / package / "py.typed").is_file()


def test_the_license_is_named_and_there():
    """The license of the metadata is that of the file, and the readme exists."""
    assert ("MIT", ["LICENSE"]) == (METADATA["license"], METADATA["license-files"])
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License\n")
    assert "the troubleshooter contributors" in text
    assert (ROOT / METADATA["readme"]).is_file()


def test_the_description_is_one_line():
    """The description fits on the index's list, and the classifiers name the types and every supported Python."""
    assert 40 < len(METADATA["description"]) <= 140
    assert "Typing :: Typed" in METADATA["classifiers"]
    oldest = METADATA["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {oldest}" in METADATA["classifiers"]
    assert not [one for one in METADATA["classifiers"] if one.startswith("License ::")]  # the expression says it

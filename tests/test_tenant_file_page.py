"""docs/tenant-file.md documents every key of a tenant file, and its examples are tenant files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel
from support.tools import tool

from troubleshooter.cli.options import COMMON
from troubleshooter.run.options import from_file, validated
from troubleshooter.run.request import RunSettings
from troubleshooter.tenant.file import Account, Network, TenantFile, parse

TEXT = (Path(__file__).parents[1] / "docs" / "tenant-file.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
SECTIONS = {"## The tenant": TenantFile, "## An account": Account, "## A lab": Network}


def keys_of(heading: str) -> list[str]:
    section = TEXT[TEXT.index(heading) + len(heading) :].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize(("heading", "model"), SECTIONS.items())
def test_every_key_is_documented(heading: str, model: type[BaseModel]):
    """The table of each part has every key of the model, and no other."""
    assert sorted(model.model_fields) == sorted(keys_of(heading))


def test_required_keys_are_called_required():
    """A key is called required exactly where the model has no default."""
    for heading, model in SECTIONS.items():
        for key in keys_of(heading):
            row = re.search(rf"^\| `{key}` \|.*\| (.*?) \|$", TEXT, re.MULTILINE)
            assert row
            assert model.model_fields[key].is_required() == bool(re.match(r"required|at least one is required", row[1]))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_are_tenant_files(example: str):
    """Each example is accepted, with its options."""
    read = parse(tomllib.loads(example), "example.toml")
    assert "Contoso" == read.name
    validated(RunSettings, from_file(read.options, "example.toml", COMMON))


def test_the_long_example_has_every_key():
    """The long example has every key of a real tenant and of an account."""
    data = tomllib.loads(EXAMPLES[1])
    assert set(TenantFile.model_fields) - {"network"} == set(data)
    assert set(Account.model_fields) == {key for account in data["accounts"].values() for key in account}


def test_the_table_of_options_is_up_to_date():
    """Every option that a file may set is listed with its help; `python tools/tenant_file_options.py` updates it."""
    assert TEXT == tool("tenant_file_options").renewed(TEXT)
    assert {option.key for option in COMMON} <= set(re.findall(r"^\| `([\w-]+)` \|", TEXT, re.MULTILINE))

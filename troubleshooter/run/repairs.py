"""Reads `locators.toml`: selectors that a user adds where a page no longer has what the catalogue says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from troubleshooter.errors import InputError, did_you_mean
from troubleshooter.steps.locator_catalogue import CATALOGUE
from troubleshooter.tenant.toml_file import read_toml

NAME = "locators.toml"
"""The file that is used without being named, if it lies beside the tenant file."""


def repairs_for(given: Path | None, tenant_file: str) -> Mapping[str, tuple[str, ...]]:
    """Return the selectors to try first, by the id of their locator.

    Args:
        given: the file that `--locators` names; default: `locators.toml` beside the tenant file, if there is one.
        tenant_file: the tenant file's path; empty for the built-in sandbox.

    Raises:
        InputError: the file can't be read, or contains an unknown id or something that is no CSS selector.
    """
    beside = Path(tenant_file).parent / NAME if tenant_file else None
    path = given or (beside if beside and beside.is_file() else None)
    return MappingProxyType(read_repairs(path) if path else {})


def read_repairs(path: Path) -> dict[str, tuple[str, ...]]:
    """Return what the file at `path` contains.

    Raises:
        InputError: as for `repairs_for`.
    """
    data = read_toml(path, "--locators")
    if unknown := [key for key in data if key != "locators"]:
        raise InputError(str(path), f"{unknown[0]}: unknown; expected a table [locators]")
    rows = data.get("locators", {})
    if not isinstance(rows, dict):
        raise InputError(str(path), 'locators: not a table; expected [locators] and rows such as "id" = "selector"')
    return {key: _selectors(path, key, value) for key, value in _rows(rows).items()}


def _rows(rows: Mapping[str, object], before: str = "") -> dict[str, object]:
    """Return the rows by their ids; `home.waffle = …` without quotes is a table in a table, and means the same."""
    found: dict[str, object] = {}
    for key, value in rows.items():
        found |= _rows(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return found


def _selectors(path: Path, key: str, value: object) -> tuple[str, ...]:
    if key not in CATALOGUE:
        hint = did_you_mean(key, CATALOGUE, "`troubleshooter locators` lists the ids.")
        raise InputError(str(path), f"locators: {key}: no such id{hint}")
    rows = [row.strip() for row in (value if isinstance(value, list) else [value]) if isinstance(row, str)]
    if not rows or not all(rows) or (isinstance(value, list) and len(rows) < len(value)):
        raise InputError(str(path), f"locators: {key}: expected a CSS selector, or a list of them")
    for number, row in enumerate(rows, 1):
        place = f"locators: {key}" + (f": selector {number}" if len(rows) > 1 else "")
        if wrong := _fault_in(row):
            raise InputError(str(path), f"{place}: {row!r} is not a CSS selector: {wrong}")
    return tuple(rows)


def _fault_in(selector: str) -> str:
    """Return what is wrong with `selector`; empty if nothing is."""
    import soupsieve  # noqa: PLC0415 - only needed where there is a file

    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        return str(error).splitlines()[0].rstrip(".")
    return ""

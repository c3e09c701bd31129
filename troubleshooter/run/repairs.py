"""Reads `locators.toml`: selectors that a user adds where a page no longer has what the catalogue says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from troubleshooter.browser.locator_use import LocatorUse, place_of_repair
from troubleshooter.errors import InputError, did_you_mean
from troubleshooter.steps.locator_catalogue import CATALOGUE
from troubleshooter.tenant.toml_file import read_toml

NAME = "locators.toml"
"""The file that is used without being named, if it lies beside the tenant file."""


_STRING = re.compile(r""" "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' """, re.VERBOSE)
_NOT_CSS = re.compile(r"!=|:-soup-[\w-]*|:contains\b")
"""What the library that checks selectors accepts beyond CSS, outside of quotes; no browser does."""


@dataclass(frozen=True)
class Repairs:
    """Selectors to try first."""

    selectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the id of their locator."""
    file: Path | None = None
    """Where they come from; None if there is no file."""

    def use(self) -> LocatorUse:
        """Return what a run knows about locators when it begins."""
        return LocatorUse(self.selectors, str(self.file or ""))


def repairs_for(given: Path | None, tenant_file: str) -> Repairs:
    """Return the selectors to try first.

    Args:
        given: the file that `--locators` names; default: `locators.toml` beside the tenant file, if there is one.
        tenant_file: the tenant file's path; empty for the built-in sandbox.

    Raises:
        InputError: the file can't be read, or contains an unknown id or something that is no CSS selector.
    """
    beside = _beside(tenant_file) if tenant_file else None
    path = given or (beside if beside and beside.is_file() else None)
    return Repairs(MappingProxyType(read_repairs(path)), path) if path else Repairs()


def is_default(path: Path, tenant_file: str) -> bool:
    """Return whether the file at `path` is the one that is used without being named."""
    return path.resolve() == _beside(tenant_file).resolve()


def _beside(tenant_file: str) -> Path:
    return Path(tenant_file).parent / NAME


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
    rows = value if isinstance(value, list) else [value]
    if not rows:
        raise InputError(str(path), f"locators: {key}: expected a CSS selector, or a list of them")
    return tuple(_selectors_in(rows, path, key))


def _selectors_in(rows: list[object], path: Path, key: str) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        place = place_of_repair(key, number, len(rows))
        if not isinstance(row, str) or not row.strip():
            raise InputError(str(path), f"{place}: {row!r} is not a CSS selector")
        if wrong := _fault_in(row.strip()):
            raise InputError(str(path), f"{place}: {row.strip()!r} is not a CSS selector: {wrong}")
        yield row.strip()


def _fault_in(selector: str) -> str:
    """Return what is certainly wrong with `selector`; empty if nothing is.

    The browser decides about the rest before it visits anything: it knows more pseudo-classes than any library.
    """
    import soupsieve  # noqa: PLC0415 - only needed where there is a file

    if found := _NOT_CSS.search(_STRING.sub('""', selector)):
        return f"no browser knows {found[0]!r}"
    try:
        soupsieve.compile(selector)
    except NotImplementedError:
        return ""
    except soupsieve.SelectorSyntaxError as error:
        said = str(error).splitlines()[0].rstrip(".")
        unknown = "was detected as a pseudo-class" in said
        return "" if unknown else said[:1].lower() + re.sub(r"(?<! at) position", " at position", said[1:])
    return ""

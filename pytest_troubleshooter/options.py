"""Declares the options of the plugin, each with its twin in the ini file and in the environment.

`--photo-max-time` is `photo_max_time` in the ini file and `TROUBLESHOOTER_MAX_TIME` in the environment, the variable
of the commands' own option. Precedence: command line, environment, ini file, tenant file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from pytest_troubleshooter.run_name import run_name


@dataclass(frozen=True)
class PhotoOption:
    """An option of the plugin. `key` is its name without prefix, as the commands and a tenant file have it."""

    key: str
    help: str
    metavar: str = ""
    """The placeholder for its value; empty for a switch."""
    several: bool = False
    path: bool = False
    """Whether it may be a path: in an ini file, relative to that file's folder."""

    @property
    def ini(self) -> str:
        """Its name in the ini file, and among pytest's options."""
        return f"photo_{self.key.replace('-', '_')}"

    @property
    def kind(self) -> Literal["linelist", "string", "bool"]:
        """The type of its value in the ini file."""
        if self.several:
            return "linelist"
        return "string" if self.metavar else "bool"

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"TROUBLESHOOTER_{self.key.replace('-', '_').upper()}"


OPTIONS = (
    PhotoOption("tenant", "A tenant file, or `sandbox` or `sandbox:FAULT` for the built-in tenant.", "FILE", path=True),
    PhotoOption("as", "The account of the tenant file that signs in, once in each process.", "ACCOUNT"),
    PhotoOption("page", "A page where the photos must be right, if a test names none. Repeatable.", "URL", True),
    PhotoOption("out", "The folder for the reports. Default: reports/.", "DIR", path=True),
    PhotoOption(
        "rate",
        "Requests to SharePoint per second and account, of all workers together; 0: no limit. Default: 8.",
        "N",
    ),
    PhotoOption("lang", "The reports' language: en (default) or ro.", "LANG"),
    PhotoOption("ticket", "Text for the top of the reports, such as a build number.", "TEXT"),
    PhotoOption("browser", "chrome, msedge or chromium. Default: the first of them that is installed.", "BROWSER"),
    PhotoOption("headed", "Show the browser while it works."),
    PhotoOption("timeout", "The longest single wait, in seconds. Default: 30.", "SECONDS"),
    PhotoOption("max-time", "The longest time for one check, in seconds. Default: 180.", "SECONDS"),
)


def add_options(parser: pytest.Parser) -> None:
    """Add all of them to pytest's own."""
    group = parser.getgroup("photo", "profile photos in Microsoft 365 (troubleshooter)")
    for option in OPTIONS:
        if option.metavar:
            action = "append" if option.several else "store"
            group.addoption(f"--photo-{option.key}", action=action, metavar=option.metavar, help=option.help)
        else:
            group.addoption(f"--photo-{option.key}", action="store_true", default=None, help=option.help)
        parser.addini(option.ini, option.help, type=option.kind, default=None)


class Chosen(Mapping[str, object]):
    """The options that are given, by key, each from where it counts most."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        found = {option.key: self._value(option) for option in OPTIONS}
        self._values = {key: value for key, value in found.items() if value is not None}

    def __getitem__(self, key: str) -> object:
        """Return the value of an option; raise KeyError if it is not given."""
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of the options that are given."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many options are given."""
        return len(self._values)

    def _value(self, option: PhotoOption) -> object:
        given = self.config.getoption(option.ini)
        if given is not None:
            return given
        if text := os.environ.get(option.variable):
            return text.split() if option.several else text
        written = self.config.getini(option.ini) or None
        ini = self.config.inipath
        if option.path and isinstance(written, str) and ini and not is_sandbox(written):
            return str(ini.parent / written)
        return written


def is_sandbox(tenant: str) -> bool:
    """Return whether a tenant is the built-in one. The product has the same rule, but is not loaded yet."""
    return tenant.partition(":")[0] == "sandbox"


def header(config: pytest.Config) -> list[str]:
    """Return the line at the top of pytest's output; none if no tenant is named, because then no photo is checked."""
    chosen = Chosen(config)
    if "tenant" not in chosen:
        return []
    account = f" as {chosen['as']}" if "as" in chosen else ""
    count = getattr(config.option, "numprocesses", None)
    where = f", in each of the {count} workers" if isinstance(count, int) and count > 1 else ""
    folder = Path(str(chosen["out"])) / run_name(config) if "out" in chosen else run_name(config)
    said = f"an account signs in once{where}, for all tests"
    return [f"photos: tenant {chosen['tenant']}{account}; {said}; reports in {folder}"]

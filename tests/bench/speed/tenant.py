"""Keeps one sandbox tenant up for all measurements, in a process of its own, as `sandbox serve` does for anybody."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ServedTenant:
    """A sandbox tenant that is being served."""

    file: Path
    address: str
    """Where every host name is served."""
    key: str
    """The hash of its certificate's key."""
    users: Mapping[str, str]
    """UPNs by the name of the account."""
    pages: tuple[str, ...]
    secrets: Mapping[str, str]
    """The environment variables that the file refers to."""


@contextmanager
def served(folder: Path) -> Iterator[ServedTenant]:
    """Serve a healthy tenant, with the home page as it looks today; its file is written to `folder`."""
    file = folder / "tenant.toml"
    command = [sys.executable, "-m", "troubleshooter", "sandbox", "serve", "--layout", "today"]
    with subprocess.Popen([*command, "--write-tenant", str(file)], text=True, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            variable, _, password = process.stdout.readline().removeprefix("export ").strip().partition("=")
            pages = re.findall(r"--page (\S+)", process.stdout.readline())
            written = tomllib.loads(file.read_text(encoding="utf-8"))
            yield ServedTenant(
                file,
                written["network"]["resolve"],
                written["network"]["spki"],
                {name: account["username"] for name, account in written["accounts"].items()},
                tuple(shlex.split(" ".join(pages))),
                {variable: shlex.split(password)[0]},
            )
        finally:
            process.terminate()

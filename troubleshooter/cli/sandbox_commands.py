"""The commands that can be pasted while a sandbox runs: what `sandbox serve` prints."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.tenant.tenant import Tenant

_COLLEAGUE = "helpdesk"
"""The account of a sandbox that checks others."""


def secret_lines(tenant: Tenant) -> Iterator[str]:
    """Yield the lines that let a shell know the sandbox's secrets."""
    for variable, secret in tenant.known_secrets.items():
        yield f"export {variable}={shlex.quote(secret.reveal())}"


def powershell_lines(tenant: Tenant, system: str = os.name) -> Iterator[str]:
    """Yield the same lines for PowerShell; none on other systems than Windows."""
    if system == "nt":
        for variable, secret in tenant.known_secrets.items():
            quoted = secret.reveal().replace("'", "''")
            yield f"$env:{variable} = '{quoted}'"


def run_command(tenant: Tenant, file: Path) -> str:
    """Return the command that checks the photo as the user."""
    return f"troubleshooter run photo-differs {_tenant(file)} --as {tenant.default_account} {_pages(tenant)}"


def more_commands(tenant: Tenant, file: Path, users: Path | None) -> Iterator[tuple[str, str]]:
    """Yield further commands, each with what it does.

    Args:
        users: the list of generated users; None if nobody was generated.
    """
    if _COLLEAGUE in tenant.accounts:
        colleague = f"{_tenant(file)} --as {_COLLEAGUE}"
        whom = f"--subject {tenant.default_subject}" if tenant.default_subject else ""
        yield "check a colleague", f"troubleshooter run photo-differs {colleague} {whom} {_pages(tenant)}"
        if users:
            yield "check many users", f"troubleshooter verify {shlex.quote(str(users))} {colleague}"
        yield "try one sign-in", f"troubleshooter doctor {colleague}"
    yield "a day later", f"troubleshooter sandbox advance {_tenant(file)} 25h"


def _tenant(file: Path) -> str:
    return f"--tenant {shlex.quote(str(file))}"


def _pages(tenant: Tenant) -> str:
    return " ".join(f"--page {shlex.quote(page)}" for page in tenant.default_pages)

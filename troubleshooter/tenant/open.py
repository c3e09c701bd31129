"""Opens the tenant that `--tenant` names: a tenant file, or the built-in sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from troubleshooter.tenant.file import parse
from troubleshooter.tenant.sandbox import sandbox, tenant_of
from troubleshooter.tenant.tenant import Tenant
from troubleshooter.tenant.toml_file import read_toml


def read_tenant(path: Path) -> Tenant:
    """Return the tenant that the file at `path` describes.

    Raises:
        InputError: the file can't be read, is not TOML, or contains something that is not allowed.
    """
    data = read_toml(path, "--tenant")
    parsed = parse(data, str(path))
    return Tenant(
        name=parsed.name,
        home=parsed.home,
        sharepoint=parsed.sharepoint,
        my=parsed.my or onedrive_of(parsed.sharepoint),
        cloud=parsed.cloud,
        sign_in_hosts=parsed.sign_in_hosts,
        visit_hosts=parsed.visit_hosts,
        accounts=parsed.accounts,
        options=parsed.options,
        network=parsed.network,
        file=str(path),
    )


def onedrive_of(sharepoint: str) -> str:
    """Return the URL of the OneDrive that belongs to `sharepoint`, by Microsoft's naming convention."""
    if sharepoint.endswith(".cloud.microsoft"):
        return "https://onedrive.cloud.microsoft"  # real-pages-2026.md 3.6, B
    return sharepoint.replace(".", "-my.", 1)


def is_sandbox(spec: str) -> bool:
    """Return whether `--tenant` names the built-in sandbox: `sandbox`, `sandbox:FAULT` or `sandbox:FAULT@LAYOUT`."""
    return spec.partition(":")[0] == "sandbox"


@contextmanager
def opened(spec: str) -> Iterator[Tenant]:
    """Yield the tenant that `--tenant` names: a file, `sandbox` or `sandbox:FAULT@LAYOUT`; stop a sandbox on exit.

    Raises:
        InputError: there is no such file, fault or layout, or the file contains something that is not allowed.
    """
    if is_sandbox(spec):
        name, _, layout = spec.partition("@")
        with sandbox(name.partition(":")[2] or "healthy", layout=layout or "classic") as box:
            yield tenant_of(box)
    else:
        yield read_tenant(Path(spec))

"""Opens what `--tenant` names: a tenant file, or the built-in sandbox."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.errors import InputError
from troubleshooter.tenant.file import parse

if TYPE_CHECKING:
    pass
from troubleshooter.tenant.sandbox import sandbox, tenant_of
from troubleshooter.tenant.tenant import Tenant


def read_tenant(path: Path) -> Tenant:
    """Return the tenant that the file at `path` describes.

    Raises:
        InputError: the file can't be read, is not TOML, or says something that is not allowed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError("--tenant", f"{path}: {error.strerror or error}; allowed: a readable TOML file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"not TOML: {error}") from error
    parsed = parse(data, str(path))
    return Tenant(
        name=parsed.name,
        home=parsed.home,
        sharepoint=parsed.sharepoint,
        my=parsed.my or parsed.sharepoint.replace(".", "-my.", 1),
        cloud=parsed.cloud,
        sign_in_hosts=parsed.sign_in_hosts,
        accounts=parsed.accounts,
        options=parsed.options,
        network=parsed.network,
        file=str(path),
    )


@contextmanager
def opened(spec: str) -> Iterator[Tenant]:
    """Give the tenant that `--tenant` names: `sandbox`, `sandbox:FAULT` or a file. A sandbox stops with the block.

    Raises:
        InputError: there is no such file or fault, or the file says something that is not allowed.
    """
    kind, _, fault = spec.partition(":")
    if kind == "sandbox":
        with sandbox(fault or "healthy") as box:
            yield tenant_of(box)
    else:
        yield read_tenant(Path(spec))

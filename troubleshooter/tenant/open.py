"""Opens the tenant that `--tenant` names: a tenant file, or the built-in sandbox."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from troubleshooter.errors import InputError
from troubleshooter.tenant.file import parse
from troubleshooter.tenant.sandbox import sandbox, tenant_of
from troubleshooter.tenant.tenant import Tenant


def read_tenant(path: Path) -> Tenant:
    """Return the tenant that the file at `path` describes.

    Raises:
        InputError: the file can't be read, is not TOML, or contains something that is not allowed.
    """
    try:
        data = tomllib.loads(_text(path.read_bytes()))
    except OSError as error:
        raise InputError("--tenant", f"{path}: {error.strerror or error}; expected a readable TOML file") from error
    except UnicodeError as error:
        raise InputError(str(path), f"not UTF-8: {error}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(str(path), f"not TOML: {error}") from error
    parsed = parse(data, str(path))
    return Tenant(
        name=parsed.name,
        home=parsed.home,
        sharepoint=parsed.sharepoint,
        my=parsed.my or _onedrive_of(parsed.sharepoint),
        cloud=parsed.cloud,
        sign_in_hosts=parsed.sign_in_hosts,
        visit_hosts=parsed.visit_hosts,
        accounts=parsed.accounts,
        options=parsed.options,
        network=parsed.network,
        file=str(path),
    )


def _onedrive_of(sharepoint: str) -> str:
    """Return the URL of the OneDrive that belongs to `sharepoint`, by Microsoft's naming convention."""
    if sharepoint.endswith(".cloud.microsoft"):
        return "https://onedrive.cloud.microsoft"  # real-pages-2026.md 3.6, B
    return sharepoint.replace(".", "-my.", 1)


def _text(data: bytes) -> str:
    """Return the text of a file as an editor saved it: in UTF-8, with or without a byte order mark.

    Raises:
        UnicodeError: it has another encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:4]:
        raise UnicodeError("its encoding is UTF-16 (an editor's “Unicode”)")
    # TOML allows CR LF, and read_text would have turned it into LF.
    return data.decode("utf-8-sig").replace("\r\n", "\n")


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

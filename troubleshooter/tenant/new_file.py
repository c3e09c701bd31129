"""Makes the text of a tenant file for a new user to fill in, from what is known."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import get_args

from troubleshooter.errors import InputError
from troubleshooter.model.session_control import SESSION_CONTROL, is_controlled, original_host
from troubleshooter.tenant.file import Cloud, TenantFile, parse
from troubleshooter.tenant.hosts import SHAREPOINT_SUFFIXES, is_other_app
from troubleshooter.tenant.open import onedrive_of
from troubleshooter.tenant.strays import is_onedrive
from troubleshooter.urls import host_of, split

_TEMPLATE = Path(__file__).with_name("new_file.toml")
_ACCOUNT = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
"""What TOML takes as the name of a table without quotes."""
_ADMIN = "-admin"
"""What the name of the SharePoint admin center's host ends in, before the domain."""


@dataclass(frozen=True)
class Known:
    """What is known of a tenant and of the account that signs in."""

    sharepoint: str
    """Any address of its SharePoint, such as that of a page."""
    username: str
    """A UPN."""
    account: str | None = None
    """The account's name; None for the one that its user name gives."""
    name: str | None = None
    """The tenant's name; None for the one that the address gives."""
    cloud: str = "worldwide"
    home: str | None = None
    my: str | None = None


@dataclass(frozen=True)
class NewFile:
    """A tenant file that is not written yet."""

    text: str
    account: str
    """What `--as` calls its account."""
    variable: str
    """The environment variable for the password."""


def new_file(known: Known, file: str) -> NewFile:
    """Return the tenant file for what is known; the product's own reader accepts it.

    Args:
        file: its name, for errors.

    Raises:
        InputError: something that is known is wrong, or is not enough for the cloud.
    """
    sharepoint = sharepoint_of(known.sharepoint, known.cloud)
    host = (split(sharepoint).hostname or "").partition(".")[0]
    account = known.account or account_of(known.username)
    if not _ACCOUNT.fullmatch(account):
        raise InputError("--as", f"{account!r} is not the name of an account; expected letters, digits, - and _")
    variable = _variable(host, account)
    text = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        name=_quoted(known.name or host.capitalize(), "--name"),
        sharepoint=_quoted(sharepoint, "--sharepoint"),
        places="\n".join(_places(known, sharepoint)),
        account=account,
        username=_quoted(known.username, "--username"),
        variable=variable,
        second=_quoted(f"ana.popescu@{known.username.partition('@')[2]}", "--username"),
    )
    parse(tomllib.loads(text), file)
    return NewFile(text, account, variable)


def sharepoint_of(written: str, cloud: str = "worldwide") -> str:
    """Return the address of SharePoint without a path, from any address of it.

    Raises:
        InputError: it is an address of something else; the error says of what, where that is known.
    """
    if cloud not in get_args(Cloud):
        raise InputError("--cloud", f"{cloud!r}; allowed: {', '.join(get_args(Cloud))}")
    text = written.strip()
    parts = split(text if "://" in text else f"https://{text}")
    host = (parts.hostname or "").rstrip(".")
    if is_controlled(host):
        suffix = next(suffix for suffix in SESSION_CONTROL if host.endswith(suffix))
        after = f"https://{original_host(host)}; list {suffix.removeprefix('.')} under visit_hosts in the file"
        raise _not_sharepoint(written, "is an address of session control", after)
    clouds = [name for name, ends in SHAREPOINT_SUFFIXES.items() if host.endswith(ends)]
    if parts.scheme != "https" or not clouds or is_other_app(host):
        raise _not_sharepoint(written, "is not an address of SharePoint")
    if cloud not in clouds:
        raise InputError("--sharepoint", f"{written!r} is not in cloud {cloud!r}; add --cloud {' or '.join(clouds)}")
    if host == host_of(onedrive_of(f"https://{host}")):
        raise _not_sharepoint(written, "is an address of OneDrive")
    label, _, domain = host.partition(".")
    if is_onedrive(host) or label.endswith(_ADMIN):
        whose = "OneDrive" if is_onedrive(host) else "SharePoint's admin center"
        name = label.removesuffix("-my").removesuffix(_ADMIN)
        raise _not_sharepoint(written, f"is an address of {whose}", f"https://{name}.{domain}")
    return f"https://{host}"


def account_of(username: str) -> str:
    """Return what `--as` calls the account of `username`: what is before the @, in letters that need no quotes."""
    return re.sub(r"[^a-z0-9_]+", "-", username.partition("@")[0].lower(), flags=re.ASCII).strip("-") or "account"


def _not_sharepoint(
    written: str, what: str, expected: str = "one such as https://contoso.sharepoint.com"
) -> InputError:
    return InputError("--sharepoint", f"{written!r} {what}; expected {expected}")


def _variable(host: str, account: str) -> str:
    """Return the name of the environment variable for a password: `CONTOSO_HELPDESK_PASSWORD`."""
    name = re.sub(r"[^A-Z0-9]+", "_", f"{host}_{account}_PASSWORD".upper(), flags=re.ASCII).strip("_")
    return f"TENANT_{name}" if name[0].isdigit() else name  # a shell takes no name that begins with a digit


def _places(known: Known, sharepoint: str) -> list[str]:
    """Return a line for each key that has a default: what is known, and the default as a comment."""
    defaults = TenantFile.model_fields
    other_cloud = known.cloud != defaults["cloud"].default
    given = {"my": known.my, "home": known.home, "cloud": known.cloud if other_cloud else None}
    if other_cloud and (missing := [f"--{key}" for key, value in given.items() if not value]):
        raise InputError("--cloud", f"{known.cloud} has no defaults; add {' and '.join(missing)}")
    default = {"my": onedrive_of(sharepoint), "home": defaults["home"].default, "cloud": defaults["cloud"].default}
    return [
        f"{key} = {_quoted(value, f'--{key}')}" if value else f"# {key} = {_quoted(default[key], f'--{key}')}"
        for key, value in given.items()
    ]


def _quoted(value: str, option: str) -> str:
    """Return `value` as a string of TOML.

    Raises:
        InputError: it has a character that is not shown as itself.
    """
    if not value.isprintable():
        raise InputError(option, f"{value!r} contains a character that cannot be shown; expected plain text")
    return json.dumps(value, ensure_ascii=False)

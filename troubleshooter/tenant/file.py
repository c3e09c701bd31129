"""Defines what a tenant file may contain, and reports anything else in one clear line. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from troubleshooter.errors import InputError, did_you_mean
from troubleshooter.tenant.hosts import SHAREPOINT_SUFFIXES

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Cloud = Literal["worldwide", "gcch", "dod", "china"]
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE | re.ASCII)
"""A host name as a browser writes it; any other spelling would be accepted and then match nothing."""


def _https_origin(value: str) -> str:
    found = re.fullmatch(r"https://(?P<host>[^/:]+)(?::(?P<port>[0-9]{1,5}))?/?", value, re.IGNORECASE)
    if not found or not _HOST.fullmatch(found["host"]) or not 0 < int(found["port"] or 443) < 65536:
        raise ValueError(f"{value!r} is not an address; expected https://HOST, without a path")
    return value.lower().removesuffix("/")


def _bare_host(value: str) -> str:
    if not _HOST.fullmatch(value) or "." not in value:
        raise ValueError(f"{value!r} is not a host name; expected a bare name such as sts.contoso.com")
    return value.lower()


def _reference(value: str, allowed: str) -> str:
    scheme, _, rest = value.partition(":")
    if not rest or scheme not in ("env", "keyring") or (scheme == "keyring" and "/" not in rest):
        raise ValueError(f"a literal secret is refused; allowed: {allowed}")
    return value


class Account(_Strict):
    """An account that signs in."""

    username: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    """UPN of the account."""
    password: str = "prompt"  # noqa: S105 - where the password comes from, not a password
    """`env:NAME`, `keyring:SERVICE/USER` or `prompt`."""
    totp: str | None = None
    """`env:NAME` or `keyring:SERVICE/USER` of a base32 seed."""
    federated_hosts: tuple[str, ...] = ()
    """The company's identity providers, where this password may be typed."""

    @field_validator("password")
    @classmethod
    def _password(cls, value: str) -> str:
        return value if value == "prompt" else _reference(value, "env:NAME, keyring:SERVICE/USER or prompt")

    @field_validator("totp")
    @classmethod
    def _totp(cls, value: str | None) -> str | None:
        return value if value is None else _reference(value, "env:NAME or keyring:SERVICE/USER")

    @field_validator("federated_hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_bare_host, value))


class Network(_Strict):
    """The network settings of a lab tenant."""

    resolve: str
    """Where every host name is served, such as `127.0.0.1:8443`."""
    spki: str = Field(pattern=r"^[A-Za-z0-9+/]{43}=$")
    """Base64 SHA-256 of the lab certificate's public key, trusted for this run and no other."""
    sandbox: str | None = None
    """Name of the sandbox's fault."""

    @field_validator("resolve")
    @classmethod
    def _loopback(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if host not in _LOOPBACK or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError(f"{value!r} is refused; expected a loopback address and a port, such as 127.0.0.1:8443")
        return value


class TenantFile(_Strict):
    """The tenant file as written."""

    name: str = Field(min_length=1)
    home: str = "https://www.office.com"
    sharepoint: str
    my: str = ""
    cloud: Cloud = "worldwide"
    sign_in_hosts: tuple[str, ...] = ()
    visit_hosts: tuple[str, ...] = ()
    """Hosts, with everything below them, that may be visited and never typed into, such as a session control's."""
    accounts: dict[str, Account] = Field(min_length=1)
    options: dict[str, str | int | float | bool | list[str]] = {}
    network: Network | None = None

    @field_validator("home", "sharepoint", "my")
    @classmethod
    def _address(cls, value: str) -> str:
        return _https_origin(value)

    @field_validator("sign_in_hosts", "visit_hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_bare_host, value))

    @model_validator(mode="after")
    def _never_typed_into(self) -> TenantFile:
        typed = {*self.sign_in_hosts, *(host for account in self.accounts.values() for host in account.federated_hosts)}
        if both := sorted(typed.intersection(self.visit_hosts)):
            raise ValueError(f"visit_hosts: {both[0]!r} is also a sign-in host; list it in only one of the two")
        return self

    @model_validator(mode="after")
    def _clouds(self) -> TenantFile:
        missing = [key for key in ("home", "my") if key not in self.model_fields_set]
        if self.cloud != "worldwide" and missing:
            raise ValueError(f"cloud {self.cloud!r} needs {' and '.join(missing)}: only worldwide has defaults")
        suffixes = SHAREPOINT_SUFFIXES[self.cloud]
        for key in ("sharepoint", "my"):
            value = getattr(self, key)
            if value and not (urlsplit(value).hostname or "").endswith(suffixes):
                raise ValueError(f"{key}: {value!r} is not in cloud {self.cloud!r}; expected https://…{suffixes[0]}")
        return self


def _key_error(error: ErrorDetails) -> str:
    """Return `key: what is wrong, what is allowed` for the first error that pydantic found."""
    loc = [str(part) for part in error["loc"]]
    if loc[:1] == ["options"]:
        return f"{'.'.join(loc[:2])}: is not allowed; expected a string, a number, true or false, or a list of strings"
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        model: type[BaseModel] = TenantFile
        if loc[0] == "accounts":
            model = Account
        elif loc[0] == "network":
            model = Network
        message = "no such key" + did_you_mean(loc[-1], list(model.model_fields))
    elif error["type"] == "missing":
        message = "is required"
    elif error["type"] == "string_pattern_mismatch":
        message = "has the wrong format; expected " + {
            "username": "an address such as ana.popescu@contoso.com",
            "spki": "base64 SHA-256, 44 characters",
        }.get(loc[-1], "see the tenant file's description")
    elif error["type"] == "literal_error":
        message = f"{error['input']!r}; allowed: {', '.join(get_args(Cloud))}"
    elif error["type"] in _EXPECTED:
        message = f"is not allowed; expected {_EXPECTED[error['type']]}"
    return ": ".join(filter(None, (".".join(loc), message)))


_EXPECTED = {
    "string_type": "a string",
    "string_too_short": "a string that is not empty",
    "tuple_type": "a list of strings",
    "dict_type": "a table, such as [accounts.helpdesk]",
    "model_type": "a table, such as [accounts.helpdesk]",
    "too_short": "at least one entry",
}
"""What is expected, by the type of error that pydantic reports."""


def parse(data: dict[str, Any], file: str) -> TenantFile:
    """Return the tenant file that TOML `data` describes.

    Raises:
        InputError: something in it is not allowed; the error names `file` and the key.
    """
    try:
        return TenantFile.model_validate(data)
    except ValidationError as error:
        # Unknown keys are reported first: a misspelled key explains why another is missing.
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        raise InputError(file, _key_error(first)) from error

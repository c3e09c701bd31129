"""Where a scenario runs: a tenant file, or the built-in sandbox. The one door to the sandbox."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from troubleshooter.errors import InputError
from troubleshooter.hosts import SHAREPOINT_SUFFIXES, Hosts, hosts_of
from troubleshooter.secret import Secret

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from troubleshooter.sandbox.server import Running

SANDBOX_PASSWORD = "TROUBLESHOOTER_SANDBOX_PASSWORD"  # noqa: S105 - the name of a variable, not a password
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _https_origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.path not in ("", "/") or parts.query or parts.username:
        raise ValueError(f"{value!r} is not an address; allowed: https://HOST, without a path")
    return f"https://{parts.netloc.lower()}"


def _bare_host(value: str) -> str:
    if urlsplit(f"https://{value}").netloc != value or "@" in value or ":" in value or "." not in value:
        raise ValueError(f"{value!r} is not a host name; allowed: a bare name such as sts.contoso.com")
    return value.lower()


def _reference(value: str, allowed: str) -> str:
    scheme, _, rest = value.partition(":")
    if not rest or scheme not in ("env", "keyring") or (scheme == "keyring" and "/" not in rest):
        raise ValueError(f"a literal secret is refused; allowed: {allowed}")
    return value


class Account(_Strict):
    """Who signs in."""

    username: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    """UPN."""
    password: str = "prompt"  # noqa: S105 - where the password comes from, not a password
    """`env:NAME`, `keyring:SERVICE/USER` or `prompt`."""
    totp: str | None = None
    """`env:NAME` or `keyring:SERVICE/USER` of a base32 seed."""
    federated_hosts: tuple[str, ...] = ()
    """Identity providers of the company where this password may be typed."""

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
    """How a lab tenant is reached."""

    resolve: str
    """`127.0.0.1:8443`: every host name is served here."""
    spki: str = Field(pattern=r"^[A-Za-z0-9+/]{43}=$")
    """Base64 SHA-256 of the lab certificate's public key, trusted for this run and no other."""
    sandbox: str | None = None
    """The fault's name."""

    @field_validator("resolve")
    @classmethod
    def _loopback(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if host not in _LOOPBACK or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError(f"{value!r} is refused; allowed: a loopback address and a port, such as 127.0.0.1:8443")
        return value


class TenantFile(_Strict):
    """The tenant file as written."""

    name: str = Field(min_length=1)
    home: str = "https://www.office.com"
    sharepoint: str
    my: str = ""
    cloud: Literal["worldwide", "gcch", "dod", "china"] = "worldwide"
    sign_in_hosts: tuple[str, ...] = ()
    accounts: dict[str, Account] = Field(min_length=1)
    options: dict[str, str | int | float | bool | list[str]] = {}
    network: Network | None = None

    @field_validator("home", "sharepoint", "my")
    @classmethod
    def _address(cls, value: str) -> str:
        return _https_origin(value)

    @field_validator("sign_in_hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_bare_host, value))

    @model_validator(mode="after")
    def _clouds(self) -> TenantFile:
        missing = [key for key in ("home", "my") if key not in self.model_fields_set]
        if self.cloud != "worldwide" and missing:
            raise ValueError(f"cloud {self.cloud!r} needs {' and '.join(missing)}: only worldwide has defaults")
        suffixes = SHAREPOINT_SUFFIXES[self.cloud]
        for key in ("sharepoint", "my"):
            value = getattr(self, key)
            if value and not (urlsplit(value).hostname or "").endswith(suffixes):
                raise ValueError(f"{key}: {value!r} is not of cloud {self.cloud!r}; allowed: https://…{suffixes[0]}")
        return self


@dataclass(frozen=True)
class Tenant:
    """A tenant that a run can be made against."""

    name: str
    home: str
    sharepoint: str
    my: str
    cloud: str
    sign_in_hosts: tuple[str, ...]
    accounts: Mapping[str, Account]
    options: Mapping[str, object] = field(default_factory=dict)
    network: Network | None = None
    file: str = "sandbox"
    default_account: str | None = None
    default_subject: str | None = None
    default_pages: tuple[str, ...] = ()
    known_secrets: Mapping[str, Secret] = field(default_factory=dict)
    """Values for `env:` names that this process made itself (the built-in sandbox's password)."""

    @property
    def sandbox(self) -> str | None:
        """The fault's name on a sandbox, `lab` on another lab tenant, None on a real one."""
        return None if self.network is None else (self.network.sandbox or "lab")

    def hosts(self, account: Account | None = None) -> Hosts:
        """Return the hosts that a run as `account` may visit and type into."""
        federated = account.federated_hosts if account else ()
        return hosts_of(self.cloud, (self.home, self.sharepoint, self.my), self.sign_in_hosts, federated)

    def account(self, name: str) -> Account:
        """Return the account called `name`.

        Raises:
            InputError: there is none.
        """
        if name not in self.accounts:
            raise InputError("--as", f"{self.file} has no account {name!r}{_choice(name, self.accounts)}")
        return self.accounts[name]


def _choice(word: str, allowed: Iterator[str] | Mapping[str, object] | list[str]) -> str:
    names = list(allowed)
    close = difflib.get_close_matches(word, names, n=1)
    return (f". Did you mean {close[0]!r}?" if close else ".") + f" Allowed: {', '.join(names)}."


def _key_error(error: ErrorDetails) -> str:
    """Return `key: what is wrong, what is allowed` for the first error that pydantic found."""
    loc = [str(part) for part in error["loc"]]
    if loc[:1] == ["options"]:
        return f"{'.'.join(loc[:2])}: is not allowed; allowed: a text, a number, true or false, or a list of texts"
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        model: type[BaseModel] = TenantFile
        if loc[0] == "accounts":
            model = Account
        elif loc[0] == "network":
            model = Network
        message = "no such key" + _choice(loc[-1], list(model.model_fields))
    elif error["type"] == "missing":
        message = "is required"
    elif error["type"] == "string_pattern_mismatch":
        message = "is not of the right form: " + {
            "username": "an address such as ana@contoso.com",
            "spki": "base64 SHA-256, 44 characters",
        }.get(loc[-1], "see the tenant file's description")
    return ": ".join(filter(None, (".".join(loc), message)))


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
    try:
        parsed = TenantFile.model_validate(data)
    except ValidationError as error:
        raise InputError(str(path), _key_error(error.errors()[0])) from error
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


def faults() -> Mapping[str, str]:
    """Return the sandbox's faults: name to one sentence."""
    from troubleshooter.sandbox import FAULTS  # noqa: PLC0415 - the sandbox is loaded only where it is used

    return FAULTS


@contextmanager
def sandbox(fault: str, *, port: int = 0) -> Iterator[Running]:
    """Keep the sandbox up while the block runs.

    Raises:
        InputError: there is no such fault.
    """
    from troubleshooter.sandbox import FAULTS, running  # noqa: PLC0415

    if fault not in FAULTS:
        raise InputError("sandbox", f"no fault {fault!r}{_choice(fault, list(FAULTS))}")
    with running(fault, port=port) as box:
        yield box


def tenant_of(box: Running) -> Tenant:
    """Return the tenant that `box` serves, with what `demo` uses as defaults."""
    return Tenant(
        name=box.name,
        home=box.home,
        sharepoint=box.sharepoint,
        my=box.my,
        cloud="worldwide",
        sign_in_hosts=(),
        accounts={n: Account(username=upn, password=f"env:{SANDBOX_PASSWORD}") for n, upn in box.accounts.items()},
        network=Network(resolve=f"127.0.0.1:{box.port}", spki=box.spki, sandbox=box.fault),
        default_account="ana",
        default_subject=box.subject,
        default_pages=tuple(box.pages),
        known_secrets={SANDBOX_PASSWORD: Secret(box.password)},
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


def as_toml(tenant: Tenant) -> str:
    """Return `tenant` as the text of a tenant file, without any secret."""
    lines = [f'{key} = "{getattr(tenant, key)}"' for key in ("name", "home", "sharepoint", "my")]
    for name, account in tenant.accounts.items():
        lines += ["", f"[accounts.{name}]", f'username = "{account.username}"', f'password = "{account.password}"']
    if tenant.network:
        lines += ["", "[network]", f'resolve = "{tenant.network.resolve}"', f'spki = "{tenant.network.spki}"']
        lines += [f'sandbox = "{tenant.network.sandbox}"'] if tenant.network.sandbox else []
    return "\n".join(lines) + "\n"


def steer(tenant: Tenant, action: str, **what: object) -> str:
    """Tell the sandbox that `tenant` leads to: `advance` (seconds) or `fault` (name). Returns what it says.

    Raises:
        InputError: `tenant` is no sandbox, or it does not answer, or it refuses.
    """
    from troubleshooter.steering import tell  # noqa: PLC0415

    if tenant.network is None or tenant.network.sandbox is None:
        raise InputError("--tenant", f"{tenant.file} is not a sandbox's; allowed: a file that `sandbox serve` wrote")
    return tell(tenant.network.resolve, tenant.network.spki, action, what)

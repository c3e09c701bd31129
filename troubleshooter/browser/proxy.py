"""Finds the proxy that the browser uses: from `--proxy`, else from the environment.

Playwright ignores a user name and a password in a proxy's URL (tested with 1.65), and so does Chromium; both need them
separately. Chromium cannot sign in to a SOCKS proxy. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from troubleshooter.errors import InputError
from troubleshooter.redaction.patterns import MASK
from troubleshooter.redaction.secret import Secret

_ADDRESS = re.compile(
    r"(?:(?P<scheme>[a-z0-9]+)://)?(?:(?P<user>.*)@)?(?P<host>\[[0-9a-f:.]+\]|[^\s/:@\[\]]+)(?::(?P<port>\d{1,5}))?/?",
    re.IGNORECASE,
)
_SCHEMES = {
    "http": "http", "https": "https", "socks": "socks5", "socks5": "socks5", "socks5h": "socks5",
    "socks4": "socks4", "socks4a": "socks4",
}  # fmt: skip
"""The schemes of proxies, as other programs write them, and as Chromium does."""
_VARIABLES = ("https_proxy", "all_proxy", "http_proxy")
"""The variables that name a proxy, the first that is set counts; in lower case first, as curl reads them."""
_EXPECTED = "not a valid proxy; expected HOST:PORT, or http://, https:// or socks5:// with a host"


@dataclass(frozen=True)
class Proxy:
    """A proxy, as it is given to the browser."""

    server: str
    """Its address, without a name and a password."""
    name: str = ""
    password: Secret | None = None
    """As the proxy receives it."""
    written: Secret | None = None
    """The password as the address has it, with escaped characters."""
    bypass: str = ""
    """The hosts that are reached without it, separated by commas."""

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Return the password in every form in which it may appear."""
        return tuple(secret for secret in (self.password, self.written) if secret)

    def settings(self) -> dict[str, str]:
        """Return the proxy settings for Playwright."""
        told = {"server": self.server}
        if self.bypass:
            told["bypass"] = self.bypass
        if self.name or self.password:
            told |= {"username": self.name, "password": self.password.reveal() if self.password else ""}
        return told


def proxy_of(given: str | None, environment: Mapping[str, str]) -> Proxy | None:
    """Return the proxy `given` with `--proxy`, else the one that the environment names; None if there is none.

    If `given` has no password, but the environment has one for the same proxy, that is used: a record keeps none.

    Raises:
        InputError: an address is not valid, or has a password that the browser could not use.
    """
    if given:
        proxy = parsed(given, "--proxy")
        if proxy.name or proxy.password:
            return proxy
        others = [parsed(text, name) for name, text in _named(environment)]
        same = next((other for other in others if other.server == proxy.server), proxy)
        return replace(same, bypass="")
    for name, text in _named(environment):
        bypass = _bypass(environment.get("no_proxy") or environment.get("NO_PROXY") or "")
        return None if bypass == "*" else replace(parsed(text, name), bypass=bypass)
    return None


def parsed(text: str, where: str) -> Proxy:
    """Return the proxy that `text` names.

    Raises:
        InputError: it is not valid; the error names `where` and does not repeat the text, which may have a password.
    """
    found = _ADDRESS.fullmatch(text.strip())
    scheme = _SCHEMES.get((found["scheme"] or "http").lower()) if found else None
    if found is None or scheme is None or not (found["scheme"] or found["port"]):
        raise InputError(where, _EXPECTED)
    server = f"{scheme}://{found['host'].lower()}" + (f":{found['port']}" if found["port"] else "")
    user = found["user"] or ""
    if not user or MASK in user:
        return Proxy(server)  # a stored record keeps no password
    if scheme.startswith("socks"):
        raise InputError(
            where, "the browser cannot sign in to a SOCKS proxy with a user name and a password; use an http:// proxy"
        )
    name, _, password = user.partition(":")
    return Proxy(server, unquote(name), Secret(unquote(password)), Secret(password))


def without_credentials(text: str) -> str:
    """Return the URL of a proxy, without the user name and the password."""
    found = _ADDRESS.fullmatch(text.strip())
    return text.strip().replace(f"{found['user']}@", "", 1) if found and found["user"] is not None else text


def _named(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the variables that name a proxy, with their values; the first one takes precedence."""
    names = [form for name in _VARIABLES for form in (name, name.upper())]
    return [(name, text) for name in names if (text := environment.get(name, "").strip())]


def _bypass(text: str) -> str:
    """Return the hosts of `NO_PROXY` as Chromium writes them: a name covers the names below it."""
    names = [name for name in re.split(r"[\s,;]+", text) if name]
    if "*" in names:
        return "*"
    spread = [name for given in names for name in _with_subdomains(given)]
    return ",".join(dict.fromkeys(spread))


def _with_subdomains(name: str) -> tuple[str, ...]:
    if re.fullmatch(r"[\d.:/]+|\[.*|.*\*.*", name):
        return (name,)  # an address, a range of addresses, or a pattern
    bare = name.removeprefix(".")
    return (bare, f".{bare}")

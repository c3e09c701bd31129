"""Chromium's names for what went wrong between the browser and a host, and what each means to the reader. Pure.

The names are those of Chromium's `net/base/net_error_list.h`. One that is not listed here is reported with its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from troubleshooter.locale import N_
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import Message, message
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.urls import split

DOWNLOAD = "DOWNLOAD"
"""Stands for what Playwright reports without a name: the address is a file that the browser downloads."""
PROXY_ASKS = "net::ERR_PROXY_AUTH_REQUESTED"
"""What is said of a proxy that asks for a name and a password, or refuses those that it got."""
_SAID = re.compile(r"net::(?P<name>ERR_[A-Z0-9_]+)(?: at (?P<url>\S+))?")
_DOWNLOADS = "Download is starting"
_CUT = frozenset({"ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_CONNECTION_ABORTED", "ERR_EMPTY_RESPONSE"})


@dataclass(frozen=True)
class NetworkError:
    """Why a page did not open."""

    name: str
    """Chromium's name, such as `ERR_CONNECTION_RESET`, or `DOWNLOAD`."""
    url: str = ""
    """The address that failed; empty if the browser did not say."""

    @property
    def reason(self) -> Reason:
        """Return the reason with which the step that needed the page ends."""
        return self._row.reason

    @property
    def is_passing(self) -> bool:
        """Return whether the connection broke in a way that often does not happen a second time."""
        return self.name in _CUT or self.name.startswith(("ERR_HTTP2_", "ERR_QUIC_", "ERR_NETWORK_CHANGED"))

    @property
    def is_unreachable(self) -> bool:
        """Return whether the host was not reached at all."""
        return self.reason is Reason.CONNECTION_FAILED

    @property
    def is_of_proxy(self) -> bool:
        """Return whether the error is the proxy's, and not that of the host behind it."""
        return self.name.startswith(_PROXY)

    @property
    def asks_for_password(self) -> bool:
        """Return whether the proxy asks for a user name and a password, or refused the ones it was given."""
        return self.name.startswith("ERR_PROXY_AUTH_")

    def note(self, page: str) -> Message:
        """Return what happened; `page` is the URL that should have opened, for an error that names none."""
        url = self.url or page
        host = split(url).hostname or redact_address(url)
        return message(self._row.text, host=host, url=redact_address(url), code=self.name)

    @property
    def _row(self) -> _Row:
        return next(row for row in _ROWS if self.name.startswith(row.names))


def network_error_in(said: str) -> NetworkError | None:
    """Return the network error with which a Playwright message, without the method's name, starts; None if none."""
    if said.startswith(_DOWNLOADS):
        return NetworkError(DOWNLOAD)
    found = _SAID.match(said)
    return NetworkError(found["name"], found["url"] or "") if found else None


@dataclass(frozen=True)
class _Row:
    names: tuple[str, ...]
    """What the names start with."""
    reason: Reason
    text: str
    """A template for `{url}`, `{host}` and `{code}`."""


_PROXY = (
    "ERR_PROXY_", "ERR_TUNNEL_CONNECTION_FAILED", "ERR_SOCKS_CONNECTION_", "ERR_MANDATORY_PROXY_", "ERR_PAC_",
    "ERR_NO_SUPPORTED_PROXIES", "ERR_HTTPS_PROXY_TUNNEL_RESPONSE", "ERR_UNABLE_TO_REUSE_CONNECTION_FOR_PROXY_AUTH",
    "ERR_UNEXPECTED_PROXY_AUTH",
)  # fmt: skip
_BROKEN = (
    "ERR_CONNECTION_", "ERR_SOCKET_", "ERR_HTTP2_", "ERR_QUIC_", "ERR_SPDY_", "ERR_CONTENT_LENGTH_MISMATCH",
    "ERR_INCOMPLETE_", "ERR_HTTP_1_1_REQUIRED",
)  # fmt: skip

_ROWS = (
    _Row(
        (DOWNLOAD,),
        Reason.NOT_A_PAGE,
        N_("{url} is a file that the browser downloads, not a page."),
    ),
    _Row(
        ("ERR_ABORTED", "ERR_UNKNOWN_URL_SCHEME", "ERR_DISALLOWED_URL_SCHEME", "ERR_FILE_", "ERR_INVALID_URL"),
        Reason.NOT_A_PAGE,
        N_("{url} does not open a page: the response is empty or meant for another program."),
    ),
    _Row(("ERR_TOO_MANY_REDIRECTS",), Reason.REDIRECT_LOOP, N_("{url} redirects in a loop.")),
    _Row(
        ("ERR_BLOCKED_BY_ADMINISTRATOR", "ERR_BLOCKED_ENROLLMENT_", "ERR_BLOCKED_IN_INCOGNITO_BY_ADMINISTRATOR"),
        Reason.PAGE_BLOCKED,
        N_("A browser policy blocks {url}."),
    ),
    _Row(
        ("ERR_BLOCKED_", "ERR_CLEARTEXT_NOT_PERMITTED", "ERR_UNSAFE_PORT"),
        Reason.PAGE_BLOCKED,
        N_("The browser blocks {url} ({code})."),
    ),
    _Row(
        ("ERR_NETWORK_ACCESS_DENIED", "ERR_ACCESS_DENIED"),
        Reason.PAGE_BLOCKED,
        N_("A firewall or other security software on this computer blocks {host} ({code})."),
    ),
    _Row(
        ("ERR_NAME_", "ERR_DNS_", "ERR_ICANN_NAME_COLLISION"),
        Reason.CONNECTION_FAILED,
        N_("The name {host} was not found ({code})."),
    ),
    _Row(
        ("ERR_CERT", "ERR_SSL_PINNED_KEY_", "ERR_BAD_SSL_CLIENT_AUTH_CERT"),
        Reason.CONNECTION_FAILED,
        N_("The browser does not accept the certificate of {host} ({code})."),
    ),
    _Row(
        ("ERR_SSL_", "ERR_ECH_", "ERR_EARLY_DATA_"),
        Reason.CONNECTION_FAILED,
        N_("No secure connection to {host} was possible ({code})."),
    ),
    _Row(
        ("ERR_CONNECTION_REFUSED",),
        Reason.CONNECTION_FAILED,
        N_("{host} refused the connection."),
    ),
    _Row(
        ("ERR_EMPTY_RESPONSE",),
        Reason.CONNECTION_FAILED,
        N_("{host} closed the connection without a response."),
    ),
    _Row(
        ("ERR_CONNECTION_TIMED_OUT", "ERR_TIMED_OUT", "ERR_CONNECTION_FAILED", "ERR_ADDRESS_"),
        Reason.CONNECTION_FAILED,
        N_("{host} did not answer."),
    ),
    _Row(
        ("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_"),
        Reason.CONNECTION_FAILED,
        N_("This computer lost its network connection while opening {host} ({code})."),
    ),
    _Row(
        _BROKEN,
        Reason.CONNECTION_FAILED,
        N_("The connection to {host} was interrupted ({code})."),
    ),
    _Row(
        ("ERR_HTTP_RESPONSE_CODE_FAILURE",),
        Reason.PAGE_FAILED,
        N_("{url} returned an error and no page."),
    ),
    _Row(
        ("ERR_INVALID_AUTH_CREDENTIALS", "ERR_UNSUPPORTED_AUTH_SCHEME", "ERR_MISSING_AUTH_CREDENTIALS"),
        Reason.PAGE_FORBIDDEN,
        N_("{host} asks for a user name and a password in a browser dialog, where nothing is typed."),
    ),
    _Row(
        ("ERR_PROXY_AUTH_",),
        Reason.CONNECTION_FAILED,
        N_("The proxy asks for a user name and a password, or refuses the ones it was given (407)."),
    ),
    _Row(_PROXY, Reason.CONNECTION_FAILED, N_("The proxy did not connect the browser to {host} ({code}).")),
    _Row(
        ("ERR_INVALID_", "ERR_RESPONSE_", "ERR_CONTENT_DECODING_", "ERR_UNSAFE_REDIRECT", "ERR_METHOD_NOT_SUPPORTED"),
        Reason.PAGE_FAILED,
        N_("The browser cannot read the response from {host} ({code})."),
    ),
    _Row(("",), Reason.PAGE_FAILED, N_("The browser could not open {url} ({code}).")),
)
"""The first row that a name starts with applies."""

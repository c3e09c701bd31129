"""Each of Chromium's network errors has a reason and a sentence that says what happened."""

from __future__ import annotations

import pytest

from troubleshooter.browser.network_errors import DOWNLOAD, NetworkError, network_error_in
from troubleshooter.model.enums import INCONCLUSIVE_REASONS, Reason

PAGE = "https://contoso.sharepoint.com/sites/hr/SitePages/Team.aspx"
NAMES = (
    "ABORTED", "FAILED", "TIMED_OUT", "ACCESS_DENIED", "NETWORK_CHANGED", "NETWORK_ACCESS_DENIED",
    "BLOCKED_BY_CLIENT", "BLOCKED_BY_ADMINISTRATOR", "BLOCKED_BY_RESPONSE", "BLOCKED_BY_CSP",
    "BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", "CONNECTION_CLOSED", "CONNECTION_RESET", "CONNECTION_REFUSED",
    "CONNECTION_ABORTED", "CONNECTION_TIMED_OUT", "EMPTY_RESPONSE", "NAME_NOT_RESOLVED", "NAME_RESOLUTION_FAILED",
    "DNS_TIMED_OUT", "ADDRESS_UNREACHABLE", "INTERNET_DISCONNECTED", "CERT_AUTHORITY_INVALID",
    "CERT_COMMON_NAME_INVALID", "CERT_DATE_INVALID", "SSL_PROTOCOL_ERROR", "SSL_CLIENT_AUTH_CERT_NEEDED",
    "HTTP2_PROTOCOL_ERROR", "HTTP2_SERVER_REFUSED_STREAM", "QUIC_PROTOCOL_ERROR", "TOO_MANY_REDIRECTS",
    "INVALID_REDIRECT", "UNSAFE_REDIRECT", "INVALID_HTTP_RESPONSE", "INVALID_RESPONSE",
    "RESPONSE_HEADERS_MULTIPLE_LOCATION", "CONTENT_DECODING_FAILED", "CONTENT_LENGTH_MISMATCH",
    "INCOMPLETE_CHUNKED_ENCODING", "HTTP_RESPONSE_CODE_FAILURE", "INVALID_AUTH_CREDENTIALS", "UNKNOWN_URL_SCHEME",
    "TUNNEL_CONNECTION_FAILED", "PROXY_CONNECTION_FAILED", "SOCKS_CONNECTION_FAILED",
    "INSUFFICIENT_RESOURCES", "CACHE_MISS", "NOBODY_KNOWS_THIS",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_error_says_what_happened_and_where(name: str):
    """The reason is one of a page's, and the sentence names the host or the address."""
    found = network_error_in(f"net::ERR_{name} at {PAGE}")
    assert found
    assert (f"ERR_{name}", PAGE) == (found.name, found.url)
    assert found.reason in INCONCLUSIVE_REASONS
    assert "contoso.sharepoint.com" in found.note("").text


@pytest.mark.parametrize(
    ("name", "reason", "says"),
    [
        (DOWNLOAD, Reason.NOT_A_PAGE, "downloads"),
        ("ERR_ABORTED", Reason.NOT_A_PAGE, "does not open a page"),
        ("ERR_TOO_MANY_REDIRECTS", Reason.REDIRECT_LOOP, "in a loop"),
        ("ERR_BLOCKED_BY_ADMINISTRATOR", Reason.PAGE_BLOCKED, "A browser policy"),
        ("ERR_NETWORK_ACCESS_DENIED", Reason.PAGE_BLOCKED, "firewall"),
        ("ERR_NAME_NOT_RESOLVED", Reason.CONNECTION_FAILED, "was not found"),
        ("ERR_CERT_DATE_INVALID", Reason.CONNECTION_FAILED, "certificate"),
        ("ERR_HTTP2_PROTOCOL_ERROR", Reason.CONNECTION_FAILED, "was interrupted"),
        ("ERR_EMPTY_RESPONSE", Reason.CONNECTION_FAILED, "without a response"),
        ("ERR_INVALID_HTTP_RESPONSE", Reason.PAGE_FAILED, "cannot read"),
        ("ERR_INVALID_AUTH_CREDENTIALS", Reason.PAGE_FORBIDDEN, "a user name and a password"),
        ("ERR_PROXY_CONNECTION_FAILED", Reason.CONNECTION_FAILED, "The proxy"),
        ("ERR_NOBODY_KNOWS_THIS", Reason.PAGE_FAILED, "ERR_NOBODY_KNOWS_THIS"),
    ],
)
def test_kinds_are_told_apart(name: str, reason: Reason, says: str):
    """Each kind has its own words."""
    assert reason is NetworkError(name).reason
    assert says in NetworkError(name).note(PAGE).text


@pytest.mark.parametrize("said", ["Timeout 1000ms exceeded.", "Execution context was destroyed at net::ERR_FAILED", ""])
def test_other_messages_are_no_network_errors(said: str):
    """Only what a message begins with counts."""
    assert network_error_in(said) is None


def test_only_a_broken_connection_may_be_chance():
    """A second try is for what often passes; what is decided stays so."""
    passing = {name for name in NAMES if NetworkError(f"ERR_{name}").is_passing}
    assert {"CONNECTION_RESET", "CONNECTION_CLOSED", "CONNECTION_ABORTED", "EMPTY_RESPONSE", "NETWORK_CHANGED"} | {
        name for name in NAMES if name.startswith(("HTTP2", "QUIC"))
    } == passing

"""The host of a URL, as a browser reads it."""

from __future__ import annotations

import pytest

from troubleshooter.urls import host_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://contoso.sharepoint.com/sites/News", "contoso.sharepoint.com"),
        ("HTTPS://Contoso.SharePoint.COM/", "contoso.sharepoint.com"),
        ("https://contoso.sharepoint.com./", "contoso.sharepoint.com"),
        ("https://contoso.sharepoint.com:443/x", "contoso.sharepoint.com"),
        ("https://login.microsoftonline.com@evil.example/", "evil.example"),
        ("https://login.microsoftonline.com:pass@evil.example/", "evil.example"),
        ("https://evil.example#@login.microsoftonline.com/", "evil.example"),
        ("https://evil.example?@login.microsoftonline.com/", "evil.example"),
        ("http://contoso.sharepoint.com/", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("blob:https://contoso.sharepoint.com/1", ""),
        ("about:blank", ""),
        ("//contoso.sharepoint.com/", ""),
        ("contoso.sharepoint.com", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(url, expected):
    """Only an https URL has a host, which is the host that a browser would contact."""
    assert expected == host_of(url)


@pytest.mark.parametrize("url", ["https://[", "https://[contoso.sharepoint.com/", "https://contoso.sharepoint.com]/"])
def test_an_invalid_address_has_no_host(url):
    """A mistyped URL has no host, and raises no error."""
    assert "" == host_of(url)


def test_a_backslash_ends_the_host():
    """A browser reads a backslash as a slash, so what follows it is not part of the host."""
    assert "login.microsoftonline.com" != host_of("https://evil.example\\@login.microsoftonline.com/")

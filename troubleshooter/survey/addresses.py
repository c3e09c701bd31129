"""Says in the survey's own words where an address leads; the address itself is never written down."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from troubleshooter.capture.addresses import Addresses
from troubleshooter.tenant.tenant import Tenant
from troubleshooter.urls import host_of

_HOMES = ("m365.cloud.microsoft", "copilot.cloud.microsoft", "www.office.com", "www.microsoft365.com")
_PHOTOS = (
    ("a placeholder picture", r"personplaceholder"),
    ("afdcache.ashx", r"afdcache\.ashx|/_userprofile/"),
    ("userphoto.aspx", r"userphoto\.aspx"),
    ("the picture library", r"/user(?: |%20)photos/"),
)


def home_host(url: str) -> str:
    """Return which of the known hosts of the home page `url` has."""
    return host_of(url) if host_of(url) in _HOMES else "other"


def app_address(url: str) -> str:
    """Return where an app's icon leads."""
    parts = urlsplit(url)
    if not url:
        return "no address"
    if "/launch/" in parts.path.lower():
        return "launch address"
    return "start page" if is_start_page(url) else "another address"


def is_start_page(url: str) -> bool:
    """Return whether `url` is that of SharePoint's start page."""
    return urlsplit(url).path.lower().endswith("/_layouts/15/sharepoint.aspx")


def start_address(url: str) -> str:
    """Return at which kind of address SharePoint's start page ended."""
    if is_start_page(url):
        return "start page"
    return "a site" if re.search(r"/(?:sites|teams)/", urlsplit(url).path, re.IGNORECASE) else "another address"


def photo_address(url: str) -> str:
    """Return which of the documented addresses of photos `url` is."""
    return next((name for name, pattern in _PHOTOS if re.search(pattern, url, re.IGNORECASE)), "another address")


def whose_host(url: str, tenant: Tenant) -> str:
    """Return whose host an address has."""
    host = host_of(url)
    if tenant.hosts().may_type(url):
        return "sign-in"
    if host in (host_of(tenant.sharepoint), host_of(tenant.my)):
        return "the tenant"
    if home_host(url) != "other":
        return "the home page"
    if host == "myaccount.microsoft.com":
        return "my account"
    return "another Microsoft host" if Addresses.microsoft(host) else "another host"

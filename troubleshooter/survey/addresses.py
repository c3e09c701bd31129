"""Says in the survey's own words where an address leads; the address itself is never written down."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from troubleshooter.capture.addresses import Addresses
from troubleshooter.survey.cleaner import Cleaner
from troubleshooter.survey.documented_addresses import LAUNCH, LAUNCHED, START_PAGE, WAFFLE
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
    """Return where an app's icon leads: the documented part of its address."""
    parts = urlsplit(url)
    if not url:
        return "no address"
    if launch := re.search(r"/launch/([a-z]+)", parts.path, re.IGNORECASE):
        app = launch[1].lower()
        return f"{LAUNCH}{app}" if app in LAUNCHED else f"{LAUNCH}…"
    if is_start_page(url):
        return START_PAGE
    return WAFFLE if re.search(r"[?&]source=waffle", url, re.IGNORECASE) else "another address"


def is_start_page(url: str) -> bool:
    """Return whether `url` is that of SharePoint's start page."""
    return urlsplit(url).path.lower().endswith(START_PAGE)


def start_address(url: str) -> str:
    """Return to which kind of address SharePoint's start page was redirected."""
    if is_start_page(url):
        return START_PAGE
    return "a site" if re.search(r"/(?:sites|teams)/", urlsplit(url).path, re.IGNORECASE) else "another address"


def photo_address(url: str) -> str:
    """Return which of the documented addresses of photos `url` is."""
    return next((name for name, pattern in _PHOTOS if re.search(pattern, url, re.IGNORECASE)), "another address")


def whose_host(url: str | None, tenant: Tenant) -> str:
    """Return whose host an address has: Microsoft's by its name, any other in words."""
    host = host_of(url or "")
    if not host:
        return "none"
    if tenant.hosts().may_type(url or ""):
        return "sign-in"
    if host in (host_of(tenant.sharepoint), host_of(tenant.my)):
        return "the tenant"
    if home_host(url or "") != "other":
        return "the home page"
    if host == "myaccount.microsoft.com":
        return "my account"
    return Cleaner(tenant).host(host) if Addresses.microsoft(host) else "another host"

"""Which hosts a run may visit, and into which it may type. Pure.

Sign-in hosts of the clouds: learn.microsoft.com/graph/deployments. HostPolicy of the worldwide services: the addresses
under which home, account pages, photo endpoints and sign-in are documented or were recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from troubleshooter.urls import host_of

SIGN_IN_HOSTS = {
    "worldwide": ("login.microsoftonline.com", "login.microsoft.com"),
    "gcch": ("login.microsoftonline.us",),
    "dod": ("login.microsoftonline.us",),
    "china": ("login.chinacloudapi.cn",),
}
"""HostPolicy of a cloud's sign-in: the only ones, with a company's own, that a password may be typed into."""

SHAREPOINT_SUFFIXES = {
    "worldwide": (".sharepoint.com",),
    "gcch": (".sharepoint.us",),
    "dod": (".sharepoint.us", ".dps.mil"),
    "china": (".sharepoint.cn",),
}

_WORLDWIDE_SERVICES = (
    "office.com",
    "office365.com",
    "microsoft365.com",
    "cloud.microsoft",
    "myaccount.microsoft.com",
    "mysignins.microsoft.com",
    "account.activedirectory.windowsazure.com",
    "autologon.microsoftazuread-sso.com",
    "login.microsoftonline.com",
    "graph.microsoft.com",
    "teams.microsoft.com",
)
"""Registrable names of Microsoft's, with everything below them; nobody else can own a name there."""

STATIC = (
    "office.net",
    "sharepointonline.com",
    "svc.ms",
    "msauth.net",
    "msftauth.net",
    "msauthimages.net",
    "msftauthimages.net",
    "microsoftonline-p.com",
    "static.microsoft",
)
"""Names below which Microsoft's pages get scripts, styles and pictures (learn.microsoft.com/microsoft-365/enterprise/
urls-and-ip-address-ranges). No page is visited there."""

CLOUDS = tuple(SIGN_IN_HOSTS)


@dataclass(frozen=True)
class HostPolicy:
    """The hosts of one tenant and account."""

    sign_in: frozenset[str]
    """Where the user name and the password may be typed."""
    exact: frozenset[str]
    """Where a document may come from."""
    families: tuple[str, ...]
    """Names below which a document may come from."""
    federated: frozenset[str] = frozenset()
    """Those of `sign_in` that are the company's own identity providers."""

    def may_visit(self, url: str) -> bool:
        """Return whether a document may come from `url`."""
        host = host_of(url)
        return bool(host) and (host in self.exact or any(host == f or host.endswith("." + f) for f in self.families))

    def may_type(self, url: str) -> bool:
        """Return whether a user name or a password may be typed into a frame that shows `url`."""
        return host_of(url) in self.sign_in

    def patterns(self) -> tuple[str, ...]:
        """Return every host that a page of the tenant may need, for a browser's own rules: names, and `*.` families."""
        families = [name for family in (*self.families, *STATIC) for name in (family, f"*.{family}")]
        return tuple(sorted({*self.exact, *families} - {""}))

    def is_federated(self, url: str) -> bool:
        """Return whether `url` is of the company's own identity provider."""
        return host_of(url) in self.federated


def host_policy(
    cloud: str, own: Iterable[str], sign_in_hosts: Iterable[str] = (), federated_hosts: Iterable[str] = ()
) -> HostPolicy:
    """Return the hosts of a tenant in `cloud`, whose `own` addresses are home, SharePoint and OneDrive."""
    cloud_s = frozenset(h.lower() for h in (*SIGN_IN_HOSTS[cloud], *sign_in_hosts))
    federated = frozenset(h.lower() for h in federated_hosts) - cloud_s
    exact = cloud_s | federated | {host_of(url) for url in own}
    services = _WORLDWIDE_SERVICES if cloud == "worldwide" else ()
    return HostPolicy(cloud_s | federated, exact, services, federated)

"""Decides which hosts a run may visit, and on which it may type secrets. Pure.

Sign-in hosts of the clouds: learn.microsoft.com/graph/deployments. Hosts of the worldwide services: the hosts at which
home, account pages, photo endpoints and sign-in are documented or were recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from troubleshooter.model.session_control import original_host
from troubleshooter.tenant.strays import SHAREPOINT, is_onedrive
from troubleshooter.urls import host_of

SIGN_IN_HOSTS = {
    "worldwide": ("login.microsoftonline.com", "login.microsoft.com"),
    "gcch": ("login.microsoftonline.us",),
    "dod": ("login.microsoftonline.us",),
    "china": ("login.chinacloudapi.cn", "login.partner.microsoftonline.cn"),
}
"""Sign-in hosts of each cloud: the only ones, besides a company's own, where a password may be typed."""

SHAREPOINT_SUFFIXES = {
    "worldwide": (".sharepoint.com", ".sharepoint.de", ".cloud.microsoft"),
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
"""Domains of Microsoft, with everything below them; nobody else can own a name there."""

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
"""Domains from which Microsoft's pages load scripts, styles and pictures (learn.microsoft.com/microsoft-365/enterprise/
urls-and-ip-address-ranges). No page is visited there."""

_MOVED = "cloud.microsoft"
"""Where SharePoint and OneDrive move to; the form of their names is not known (service-2026.md, Service, L-M)."""
_OTHER_APPS = frozenset(
    {
        *("m365", "www", "copilot", "outlook", "teams", "admin", "loop", "planner", "word", "excel", "powerpoint"),
        *("engage", "viva", "forms", "whiteboard", "stream", "myaccount", "mysignins", "login", "substrate"),
    }
)
"""Names on cloud.microsoft that are another app's than SharePoint's or OneDrive's."""

CLOUDS = tuple(SIGN_IN_HOSTS)


@dataclass(frozen=True)
class HostPolicy:
    """The hosts of one tenant and account."""

    sign_in: frozenset[str]
    """Hosts on which the user name and the password may be typed."""
    exact: frozenset[str]
    """Hosts from which a document may come."""
    families: tuple[str, ...]
    """Domains whose subdomains a document may come from."""
    federated: frozenset[str] = frozenset()
    """The company's own identity providers among `sign_in`."""
    sites: tuple[str, ...] = ()
    """The hosts of the tenant's SharePoint and OneDrive."""
    other_sites: tuple[str, ...] = ()
    """Their other names that the tenant file allows to visit: from before a renaming, or in another geo location."""

    def may_visit(self, url: str) -> bool:
        """Return whether a document may come from `url`."""
        host = host_of(url)
        return bool(host) and (host in self.exact or any(host == f or host.endswith("." + f) for f in self.families))

    def may_type(self, url: str) -> bool:
        """Return whether a user name or a password may be typed into a frame that shows `url`."""
        return host_of(url) in self.sign_in

    def leads_to(self, url: str, wanted: str) -> bool:
        """Return whether `url` is on the host of `wanted`, or on a host under which Microsoft also serves it.

        SharePoint and OneDrive move to cloud.microsoft, user by user; session control appends a name of its own; a
        former name redirects for a year after the tenant was renamed.
        """
        host, asked = host_of(url), host_of(wanted)
        if not host or not self.may_visit(url):
            return False
        original = original_host(host)
        if original == asked:
            return True
        if {original, asked} <= {*self.sites, *self.other_sites}:
            return is_onedrive(original) == is_onedrive(asked)
        domain = original.partition(".")[2]
        return asked in self.sites and domain.endswith(_MOVED) and not is_other_app(original)

    def patterns(self) -> tuple[str, ...]:
        """Return every host that a page may need, as a browser's rules write them: hosts, and `*.` domains."""
        families = [name for family in (*self.families, *STATIC) for name in (family, f"*.{family}")]
        return tuple(sorted({*self.exact, *families} - {""}))

    def is_federated(self, url: str) -> bool:
        """Return whether `url` belongs to the company's own identity provider."""
        return host_of(url) in self.federated


def is_other_app(host: str) -> bool:
    """Return whether `host` is on cloud.microsoft, and another app's than SharePoint's or OneDrive's."""
    name, _, domain = host.partition(".")
    return domain.endswith(_MOVED) and name in _OTHER_APPS


def host_policy(
    cloud: str,
    own: Iterable[str],
    sign_in_hosts: Iterable[str] = (),
    federated_hosts: Iterable[str] = (),
    visit_hosts: Iterable[str] = (),
) -> HostPolicy:
    """Return the policy for a tenant in `cloud`, whose `own` URLs are home, SharePoint and OneDrive.

    Args:
        visit_hosts: hosts, with their subdomains, that may be visited but on which nothing may be typed.
    """
    own = tuple(own)
    of_cloud = frozenset(h.lower() for h in (*SIGN_IN_HOSTS[cloud], *sign_in_hosts))
    federated = frozenset(h.lower() for h in federated_hosts) - of_cloud
    exact = of_cloud | federated | {host_of(url) for url in own}
    services = _WORLDWIDE_SERVICES if cloud == "worldwide" else ()
    families = (*services, *(host.lower() for host in visit_hosts))
    other_sites = tuple(host for host in families if host.endswith(SHAREPOINT))
    sites = tuple(host_of(url) for url in own[1:])
    return HostPolicy(of_cloud | federated, exact, families, federated, sites, other_sites)

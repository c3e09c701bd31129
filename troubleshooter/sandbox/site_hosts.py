"""Names other than their own under which the tenant's hosts are served, or to which they send their visitors.

Each key of NAMES is a value of the flag `sites_at`. What is known: OneDrive's name on cloud.microsoft (facts on real
pages, 3.6), and that session control appends a suffix (facts on the service). How SharePoint is called on
cloud.microsoft is not known; its name here is the sandbox's own, and nothing should depend on it.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from troubleshooter.sandbox.sessions import HOME, LOGIN, MY, RESOURCES, SHAREPOINT, Resource
from troubleshooter.sandbox.sign_in_plan import SITE_LOOKALIKE

SESSION_CONTROL = "session-control"
SESSION_CONTROL_OF_HOME = "session-control-of-home"
RENAMED = "renamed"
_SUFFIX = ".mcas.ms"
INTRANET = "intranet.contoso.com"
"""A host of the company's own."""
CONTROLLED_LOGIN = f"{LOGIN}{_SUFFIX}"
"""The sign-in service's name behind session control; served only to notice who types there."""

NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "": {},
        "cloud.microsoft": {SHAREPOINT: "contoso.cloud.microsoft", MY: "onedrive.cloud.microsoft"},
        RENAMED: {SHAREPOINT: "fabrikam.sharepoint.com", MY: "fabrikam-my.sharepoint.com"},
        SESSION_CONTROL: {SHAREPOINT: f"{SHAREPOINT}{_SUFFIX}", MY: f"{MY}{_SUFFIX}"},
        SESSION_CONTROL_OF_HOME: {HOME: f"{HOME}{_SUFFIX}"},
        "imitation": dict.fromkeys((SHAREPOINT, MY), SITE_LOOKALIKE),
        "intranet": dict.fromkeys((SHAREPOINT, MY), INTRANET),
    }
)
"""Where hosts lead, by kind of move."""

OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        new: old
        for kind in ("cloud.microsoft", RENAMED, SESSION_CONTROL, SESSION_CONTROL_OF_HOME)
        for old, new in NAMES[kind].items()
    }
)
"""The host that is served under each of its other names."""

EVERY_RESOURCE: Mapping[str, Resource] = MappingProxyType(
    {**RESOURCES, **{new: replace(RESOURCES[old], host=new) for new, old in OTHER_NAMES.items()}}
)
"""The hosts that ask the sign-in service to identify their visitors, also under their other names."""


def is_site(host: str) -> bool:
    """Return whether `host` is SharePoint's or OneDrive's, under any name."""
    return OTHER_NAMES.get(host, host) in (SHAREPOINT, MY)


def family_of(host: str) -> str:
    """Return the domain in which SharePoint's and OneDrive's names share a cookie."""
    return ".".join(host.split(".")[-2:])


def linked_name(sites_at: str, host: str) -> str:
    """Return the name by which Microsoft 365 links to `host`: after a tenant was renamed, the new one."""
    return NAMES[sites_at].get(host, host) if sites_at == RENAMED else host

"""The names that stand in a saved page for those of the tenant: Microsoft's own example company.

So a saved page has the addresses of the sandbox tenant, and what is written for one works on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from troubleshooter.urls import host_of

DOMAIN = "contoso.com"
"""Where the people's pseudonyms have their addresses."""
SHAREPOINT = "contoso.sharepoint.com"
MY = "contoso-my.sharepoint.com"
MICROSOFT = (
    *("office.com", "office365.com", "office.net", "microsoft365.com", "microsoft.com", "cloud.microsoft"),
    *("microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "chinacloudapi.cn", "live.com", "msn.com"),
    *("microsoftazuread-sso.com", "windowsazure.com", "windows.net", "azureedge.net", "sharepointonline.com", "svc.ms"),
    *("msauth.net", "msftauth.net", "msauthimages.net", "msftauthimages.net", "microsoftonline-p.com", "skype.com"),
    *("static.microsoft", "usercontent.microsoft", "msocdn.com", "s-microsoft.com", "outlook.com", "sfx.ms"),
)
"""Domains of Microsoft, of which nobody else can own a part. What stands before them is cleaned word by word."""
GENERAL = frozenset(
    {
        *(
            "www",
            "mail",
            "com",
            "org",
            "net",
            "edu",
            "gov",
            "info",
            "user",
            "users",
            "name",
            "admin",
            "help",
            "helpdesk",
        ),
        *(
            "contact",
            "support",
            "sales",
            "office",
            "team",
            "service",
            "email",
            "noreply",
            "reply",
            "test",
            "demo",
            "someone",
        ),
        *("example", "contoso", "people", "person"),
    }
)
"""Words of addresses that name nobody."""
SHARED = re.compile(
    r"\.(?:sharepoint(?:-mil)?\.(?:com|de|us|cn)|dps\.mil|onmicrosoft\.(?:com|us)|partner\.onmschina\.cn)$"
)
"""Domains of Microsoft of which every tenant owns a part."""


def stand_ins(sharepoint: str, my: str) -> Mapping[str, str]:
    """Return, by host in lower case, what stands for the tenant's own hosts; moved ones are Microsoft's already."""
    own = {host_of(my): MY, host_of(sharepoint): SHAREPOINT}
    return {host: name for host, name in own.items() if host and not _is_microsoft(host)}


def tenant_words(hosts: Iterable[str]) -> frozenset[str]:
    """Return the words of `hosts` that name a company, such as `fabrikam` of `fabrikam-my.sharepoint.com`."""
    labels = [label for host in hosts if not _is_microsoft(host) for label in SHARED.sub(".x", host).split(".")[:-1]]
    words = {word for label in labels for word in re.split(r"[^a-z]+", label.lower()) if len(word) > 2}
    return frozenset(words - GENERAL)


def _is_microsoft(host: str) -> bool:
    return microsoft_domain(host) is not None


def microsoft_domain(host: str) -> str | None:
    """Return which of Microsoft's domains `host` belongs to; None if to none."""
    return next((domain for domain in MICROSOFT if host == domain or host.endswith("." + domain)), None)

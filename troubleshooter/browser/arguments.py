"""Builds Chromium's command-line switches: which hosts the browser can resolve, and which certificate key it trusts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from troubleshooter.browser.features import without_suggestions
from troubleshooter.browser.privileges import SWITCHES
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import split

if TYPE_CHECKING:
    from troubleshooter.tenant.file import Network

_ALWAYS = ("--disable-background-networking", *SWITCHES)
_PROXY_VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")


def arguments(network: Network | None) -> list[str]:
    """Return the switches for a browser whose documents are guarded; a lab `network`, if given, serves every host."""
    always = [*_ALWAYS, *without_suggestions()]
    if network is None:
        return always
    return [
        *always,
        f"--host-resolver-rules=MAP * {network.resolve}",
        f"--ignore-certificate-errors-spki-list={network.spki}",
        "--no-proxy-server",
    ]


def arguments_by_name(hosts: HostPolicy, network: Network | None, proxy: str | None) -> list[str]:
    """Return the switches for a browser that resolves only the hosts in `hosts`, so that nothing has to be intercepted.

    Args:
        proxy: the URL of the browser's proxy, if any; its host is resolved too.
    """
    where = f" {network.resolve}" if network else ""
    rules = [f"{'MAP' if network else 'EXCLUDE'} {name}{where}" for name in hosts.patterns()]
    rules += [f"EXCLUDE {host}" for host in sorted(_proxy_hosts(proxy)) if network is None]
    # The first matching rule applies; an exclusion applies wherever it appears in the list.
    rules.append("MAP * ~NOTFOUND")
    return [
        *_ALWAYS,
        *without_suggestions(),
        f"--host-resolver-rules={','.join(rules)}",
        *([f"--ignore-certificate-errors-spki-list={network.spki}", "--no-proxy-server"] if network else []),
    ]


def _proxy_hosts(proxy: str | None) -> set[str]:
    """Return the hosts of the proxies that the browser may use: `proxy`, and those set in the environment."""
    variables = (*_PROXY_VARIABLES, *map(str.lower, _PROXY_VARIABLES))
    proxies = [address for address in (proxy, *map(os.environ.get, variables)) if address]
    urls = [address if "//" in address else f"//{address}" for address in proxies]
    return {host for url in urls if (host := split(url).hostname)}

"""Checks the pages that a run is to visit: each has to be one of the tenant's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from troubleshooter.errors import InputError
from troubleshooter.model.session_control import is_controlled, original_host
from troubleshooter.run.request import RunRequest
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.tenant.strays import SHAREPOINT
from troubleshooter.tenant.tenant import Tenant
from troubleshooter.urls import host_of


@dataclass(frozen=True)
class TenantPages:
    """Knows which pages are a tenant's."""

    policy: HostPolicy
    hosts: tuple[str, ...]
    """The hosts of SharePoint and OneDrive."""

    @classmethod
    def of(cls, tenant: Tenant) -> TenantPages:
        """Return the pages of `tenant`."""
        return cls(tenant.hosts(), tuple(sorted({host_of(tenant.sharepoint), host_of(tenant.my)})))

    def why_not(self, page: str) -> str | None:
        """Return why the URL `page` cannot be visited, and what is expected; None if it can."""
        if any(self.policy.leads_to(page, f"https://{host}") for host in self.hosts):
            return None
        return _why_not(page, self.policy, list(self.hosts))


def given_pages(request: RunRequest, tenant: Tenant) -> tuple[str, ...]:
    """Return the URLs of the pages to visit; empty if the run has to find them.

    Raises:
        InputError: the URL of a page leads elsewhere; the error says where, or how it has to be written.
    """
    pages = request.pages or (() if request.find_pages else tenant.default_pages)
    of_tenant = TenantPages.of(tenant)
    for page in pages:
        if why := of_tenant.why_not(page):
            raise InputError("--page", why)
    return tuple(pages)


def _why_not(page: str, policy: HostPolicy, hosts: list[str]) -> str:
    """Return what is wrong with the URL of a page: how it begins, or where it leads."""
    rest = re.sub(r"^\s*(https?:)?[/\\]*", "", page, flags=re.IGNORECASE)
    meant = f"https://{rest.strip()}"
    if host := host_of(page):
        return _outside(page, host, hosts)
    if not any(policy.leads_to(meant, f"https://{host}") for host in hosts):
        return f"{page} is outside the tenant; expected a page of {' or '.join(hosts)}"
    wrong = "begins with http:" if page.strip().lower().startswith("http://") else "does not begin with https://"
    return f"{page} {wrong}; expected {meant}"


def _outside(page: str, host: str, hosts: list[str]) -> str:
    """Return why a page of `host` is none of the tenant's, and which line of the tenant file would allow it."""
    if is_controlled(host) and (usual := original_host(host)) in hosts:
        return f"{page} has a name from session control; expected {page.replace(host, usual, 1)}"
    why = f"{page} is outside the tenant; expected a page of {' or '.join(hosts)}"
    if host.endswith(SHAREPOINT):
        why += f". If {host} is a former name of this tenant, add it to visit_hosts in the tenant file"
    return why

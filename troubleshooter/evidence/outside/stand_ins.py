"""Gives people and pages the names that stand for them in a copy: numbered, so that the same is the same everywhere."""

from __future__ import annotations

from collections import Counter

from troubleshooter.model.records import Record
from troubleshooter.urls import host_of

DOMAIN = "tenant.example"
"""The domain of everything in a copy; nobody can own it (RFC 2606)."""
TENANT = "Tenant"
ACCOUNT = "account"
SUBJECT = f"user@{DOMAIN}"
_HOMES = frozenset({"www.office.com", "m365.cloud.microsoft", "www.microsoft365.com", "login.microsoftonline.com"})
"""Hosts that everybody has; their addresses are kept without what follows the host."""


class StandIns:
    """The stand-ins of one copy, numbered by first appearance: nothing can be computed from them."""

    def __init__(self, record: Record) -> None:
        self._subject = record.subject.casefold()
        self._numbers: dict[tuple[str, str], int] = {}
        self._last: Counter[str] = Counter()
        for page in record.inputs.get("pages") or ():
            self.page(str(page))

    def person(self, upn: str) -> str:
        """Return what stands for the user `upn`."""
        if upn.strip().casefold() == self._subject:
            return SUBJECT
        return f"person{self._number('person', upn)}@{DOMAIN}"

    def page(self, url: str) -> str:
        """Return what stands for the address `url`."""
        host = host_of(url)
        if host in _HOMES:
            return f"https://{host}/"
        return f"https://{DOMAIN}/page-{self._number('page', url)}"

    def host(self, host: str) -> str:
        """Return what stands for the host `host`."""
        name = host.casefold().rstrip(".")
        return name if name in _HOMES else f"host{self._number('host', name)}.{DOMAIN}"

    def _number(self, kind: str, real: str) -> int:
        key = (kind, real.casefold())
        if key not in self._numbers:
            self._last[kind] += 1
            self._numbers[key] = self._last[kind]
        return self._numbers[key]

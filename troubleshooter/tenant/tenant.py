"""Defines where a scenario runs: the hosts and accounts of a tenant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from troubleshooter.errors import InputError, did_you_mean
from troubleshooter.redaction.secret import Secret
from troubleshooter.tenant.file import Account, Network
from troubleshooter.tenant.hosts import HostPolicy, host_policy


@dataclass(frozen=True)
class Tenant:
    """A tenant in which a run can be made."""

    name: str
    home: str
    sharepoint: str
    my: str
    cloud: str
    sign_in_hosts: tuple[str, ...]
    accounts: Mapping[str, Account]
    options: Mapping[str, object] = field(default_factory=dict)
    network: Network | None = None
    file: str = "sandbox"
    visit_hosts: tuple[str, ...] = ()
    default_account: str | None = None
    default_subject: str | None = None
    default_pages: tuple[str, ...] = ()
    known_secrets: Mapping[str, Secret] = field(default_factory=dict)
    """Values of `env:` names that this process made itself (the built-in sandbox's password)."""

    @property
    def sandbox(self) -> str | None:
        """The fault's name for a sandbox, `lab` for another lab tenant, None for a real one."""
        return None if self.network is None else (self.network.sandbox or "lab")

    def hosts(self, account: Account | None = None) -> HostPolicy:
        """Return which hosts a run as `account` may visit, and on which it may type secrets."""
        federated = account.federated_hosts if account else ()
        own = (self.home, self.sharepoint, self.my)
        return host_policy(self.cloud, own, self.sign_in_hosts, federated, self.visit_hosts)

    def account(self, name: str) -> Account:
        """Return the account `name`.

        Raises:
            InputError: there is no such account.
        """
        if name not in self.accounts:
            raise InputError("--as", f"{self.file} has no account {name!r}{did_you_mean(name, self.accounts)}")
        return self.accounts[name]

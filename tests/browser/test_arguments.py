"""Command-line switches decide which hosts a browser resolves, on the Internet or on a lab network."""

from __future__ import annotations

import pytest

from troubleshooter.browser.arguments import arguments, arguments_by_name
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import host_policy

KEY = "A" * 43 + "="
LAB = Network(resolve="127.0.0.1:8443", spki=KEY)
HOSTS = host_policy("worldwide", ["https://www.office.com", "https://contoso.sharepoint.com"])


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the proxies from the environment."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def rules_of(switches: list[str]) -> list[str]:
    """Return the host resolver rules in `switches`."""
    prefix = "--host-resolver-rules="
    return next(switch.removeprefix(prefix) for switch in switches if switch.startswith(prefix)).split(",")


def test_a_guarded_browser_resolves_as_usual():
    """A guarded browser resolves every host name as usual, because its documents are inspected."""
    assert not [switch for switch in arguments(None) if "resolver" in switch or "proxy-server" in switch]


def test_on_a_lab_network_every_host_is_served_there():
    """On a lab network every host is mapped to the lab's server, its key is trusted and no proxy is used."""
    switches = arguments(LAB)
    assert ["MAP * 127.0.0.1:8443"] == rules_of(switches)
    assert {f"--ignore-certificate-errors-spki-list={KEY}", "--no-proxy-server"} <= set(switches)


def test_without_a_guard_only_the_tenants_hosts_are_resolved():
    """Without a guard, the browser resolves the tenant's hosts as usual and no other host at all."""
    rules = rules_of(arguments_by_name(HOSTS, None, None))
    assert "EXCLUDE contoso.sharepoint.com" in rules
    assert "MAP * ~NOTFOUND" == rules[-1]
    assert all(rule.startswith("EXCLUDE ") for rule in rules[:-1])


def test_without_a_guard_a_lab_network_serves_the_tenants_hosts():
    """Without a guard on a lab network, the tenant's hosts are mapped to the lab and no other host resolves."""
    rules = rules_of(arguments_by_name(HOSTS, LAB, "http://proxy.example:3128"))
    assert "MAP contoso.sharepoint.com 127.0.0.1:8443" in rules
    assert "MAP * ~NOTFOUND" == rules[-1]
    assert not [rule for rule in rules if "proxy.example" in rule]


def test_proxies_are_resolved_too(monkeypatch: pytest.MonkeyPatch):
    """Without a guard, the given proxy and those in the environment also resolve, with or without a scheme."""
    monkeypatch.setenv("https_proxy", "proxy.contoso.com:8080")
    rules = rules_of(arguments_by_name(HOSTS, None, "http://user@proxy.example:3128"))
    assert {"EXCLUDE proxy.example", "EXCLUDE proxy.contoso.com"} <= set(rules)

"""The switches of a browser let it find the hosts of the tenant, on a lab network or on the Internet, and no others."""

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
    """Take the proxies out of the environment."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def rules_of(switches: list[str]) -> list[str]:
    """Return the rules by which a browser resolves hosts."""
    prefix = "--host-resolver-rules="
    return next(switch.removeprefix(prefix) for switch in switches if switch.startswith(prefix)).split(",")


def test_a_guarded_browser_resolves_as_usual():
    """Its documents are inspected, so its names need not be."""
    assert ["--disable-background-networking"] == arguments(None)


def test_on_a_lab_network_every_host_is_served_there():
    """The lab's key is trusted, and no proxy is used."""
    switches = arguments(LAB)
    assert ["MAP * 127.0.0.1:8443"] == rules_of(switches)
    assert {f"--ignore-certificate-errors-spki-list={KEY}", "--no-proxy-server"} <= set(switches)


def test_without_a_guard_only_the_tenants_hosts_are_resolved():
    """Every other name is unknown to the browser."""
    rules = rules_of(arguments_by_name(HOSTS, None, None))
    assert "EXCLUDE contoso.sharepoint.com" in rules
    assert "MAP * ~NOTFOUND" == rules[-1]
    assert all(rule.startswith("EXCLUDE ") for rule in rules[:-1])


def test_without_a_guard_a_lab_network_serves_the_tenants_hosts():
    """They are found there, and nothing else is found anywhere."""
    rules = rules_of(arguments_by_name(HOSTS, LAB, "http://proxy.example:3128"))
    assert "MAP contoso.sharepoint.com 127.0.0.1:8443" in rules
    assert "MAP * ~NOTFOUND" == rules[-1]
    assert not [rule for rule in rules if "proxy.example" in rule]


def test_proxies_are_resolved_too(monkeypatch: pytest.MonkeyPatch):
    """The one that is given, and those of the environment, with or without a scheme."""
    monkeypatch.setenv("https_proxy", "proxy.contoso.com:8080")
    rules = rules_of(arguments_by_name(HOSTS, None, "http://user@proxy.example:3128"))
    assert {"EXCLUDE proxy.example", "EXCLUDE proxy.contoso.com"} <= set(rules)

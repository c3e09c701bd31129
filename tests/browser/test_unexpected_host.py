"""A host that is none of the tenant's stops the run in words of its own; only an imitation is an alarm."""

from __future__ import annotations

import re
import tomllib

import pytest

from troubleshooter.browser.unexpected_host import unexpected_host
from troubleshooter.model.enums import Reason
from troubleshooter.tenant.file import parse
from troubleshooter.tenant.hosts import host_policy

SITES = ("contoso.sharepoint.com", "contoso-my.sharepoint.com")


@pytest.mark.parametrize(
    ("url", "reason", "says", "line"),
    [
        ("https://intranet.contoso.com/x", Reason.UNEXPECTED_HOST, "is not a host of", "visit_hosts = ['intranet"),
        ("https://a.b.mcas.ms/", Reason.SESSION_CONTROL, "session control", "visit_hosts = ['mcas.ms']"),
        ("https://fabrikam.sharepoint.com/", Reason.TENANT_MOVED, SITES[0], "sharepoint = 'https://fabrikam."),
        ("https://fabrikam-my.sharepoint.de/", Reason.TENANT_MOVED, SITES[1], "my = 'https://fabrikam-my."),
        ("https://login.live.com/", Reason.UNEXPECTED_HOST, "login.live.com", "key cloud"),
        ("http://contoso.sharepoint.com/", Reason.UNEXPECTED_HOST, "without encryption", "https"),
    ],
)  # fmt: skip
def test_what_companies_do_is_explained(url: str, reason: Reason, says: str, line: str):
    """With what to write into the tenant file, and without an alarm."""
    stop = unexpected_host(url, SITES)
    assert reason is stop.reason
    assert says in stop.what.text
    assert line in stop.help.text
    assert "security team" not in stop.help.text
    assert "yped" in stop.help.text or reason is Reason.TENANT_MOVED


@pytest.mark.parametrize("host", ["fabrikam.sharepoint.com", "fabrikam-my.sharepoint.com"])
def test_the_lines_for_a_renamed_tenant_are_a_tenant_file(host: str):
    """With them the new names are the tenant's, whichever was met first, and the old names lead there."""
    said = unexpected_host(f"https://{host}/x", SITES).help.text
    lines = dict(re.findall(r"(sharepoint|my|visit_hosts) = ('[^']+'|\[[^\]]+\])", said.partition(" If ")[0]))
    assert ["sharepoint", "my", "visit_hosts"] == list(lines)
    written = "\n".join(f"{key} = {value}" for key, value in lines.items())
    text = f'name = "X"\n{written}\n[accounts.a]\nusername = "a@contoso.com"'
    parsed = parse(tomllib.loads(text), "tenant.toml")
    own = (parsed.home, parsed.sharepoint, parsed.my)
    assert ("https://fabrikam.sharepoint.com", "https://fabrikam-my.sharepoint.com") == own[1:]
    hosts = host_policy("worldwide", own, visit_hosts=parsed.visit_hosts)
    assert [True, True] == [hosts.leads_to(f"https://{old}/", new) for old, new in zip(SITES, own[1:], strict=True)]


def test_an_imitation_is_for_the_security_team():
    """And nothing suggests allowing it."""
    stop = unexpected_host("https://login.microsoftonline.com.evil.example/take", SITES)
    assert (Reason.UNEXPECTED_HOST, True) == (stop.reason, "security team" in stop.help.text)
    assert "visit_hosts" not in stop.help.text

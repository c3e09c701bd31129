"""A host that is none of the tenant's stops the run in words of its own; only an imitation is an alarm."""

from __future__ import annotations

import pytest

from troubleshooter.browser.unexpected_host import unexpected_host
from troubleshooter.model.enums import Reason

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


def test_an_imitation_is_for_the_security_team():
    """And nothing suggests allowing it."""
    stop = unexpected_host("https://login.microsoftonline.com.evil.example/take", SITES)
    assert (Reason.UNEXPECTED_HOST, True) == (stop.reason, "security team" in stop.help.text)
    assert "visit_hosts" not in stop.help.text

"""A host outside the tenant is recognized by its name; only an imitation is reported to the security team."""

from __future__ import annotations

import pytest

from troubleshooter.tenant.strays import Stray, kind_of

IMITATIONS = (
    "login.microsoftonline.com.evil.example", "login-microsoftonline-com.evil.example", "login.microsoft-online.com",
    "login.micros0ftonline.com", "login.microsofton1ine.com", "rnicrosoftonline.com", "micorsoftonline.com",
    "sharepoint.com.evil.example", "contoso.sharepoint.com.evil.example", "contoso-sharepoint-com.evil.example",
    "contoso.sharepoint.co", "contoso.sharepiont.com", "sharep0int.com", "office365-login.com",
    "office.com.evil.example",
    "m365.cloud.microsoft.evil.example", "contoso.sharepoint.com.mcas.ms.evil.example", "mcas.microsoftonline.example",
    "login.microsоftonline.com".encode("idna").decode(),  # a Cyrillic o
    "login.mìcrosoftonline.com".encode("idna").decode(),
)  # fmt: skip


@pytest.mark.parametrize("host", IMITATIONS)
def test_an_imitation_is_recognized(host: str):
    """A name of Microsoft's as the beginning, with another ending, with letters that look alike or in another order."""
    assert Stray.IMITATION is kind_of(f"https://{host}/common/oauth2")


def test_letters_that_nobody_listed_do_not_hide_a_name():
    """A label in another alphabet reads as a name of Microsoft's wherever its letters are Latin."""
    strange = "xn--" + "micr৹soft৹nline".encode("punycode").decode()
    assert Stray.IMITATION is kind_of(f"https://login.{strange}.com/")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://intranet.contoso.com/", Stray.FOREIGN),
        ("https://sharepoint.contoso.com/", Stray.FOREIGN),
        ("https://office365.contoso.com/", Stray.FOREIGN),
        ("https://contoso.okta.com/app", Stray.FOREIGN),
        ("https://xn--mnchen-3ya.example/", Stray.FOREIGN),
        ("https://portal.contoso.local:8443/login.microsoftonline.com", Stray.FOREIGN),
        ("https://login.microsoftonline.com@intranet.contoso.com/", Stray.FOREIGN),
        ("https://contoso.azurewebsites.example/", Stray.FOREIGN),
        ("https://phish.blob.core.windows.net/", Stray.FOREIGN),
        ("https://fabrikam.sharepoint.com/", Stray.OTHER_TENANT),
        ("https://fabrikam-my.sharepoint.de/personal", Stray.OTHER_TENANT),
        ("https://contoso.sharepoint.com.mcas.ms/", Stray.SESSION_CONTROL),
        ("https://login.microsoftonline.com.mcas-gov.us/", Stray.SESSION_CONTROL),
        ("https://teams.cloud.microsoft.mcas-gov.ms/", Stray.SESSION_CONTROL),
        ("https://login.partner.microsoftonline.cn/", Stray.OTHER_CLOUD),
        ("https://login.live.com/", Stray.OTHER_CLOUD),
        ("http://contoso.sharepoint.com/", Stray.UNENCRYPTED),
        ("http://intranet.contoso.com/", Stray.UNENCRYPTED),
    ],
)
def test_other_hosts_are_no_imitations(url: str, kind: Stray):
    """Each legitimate cause is distinguished: an intranet, a renamed tenant, session control, another cloud, http."""
    assert kind is kind_of(url)

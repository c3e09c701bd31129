"""Addresses are described, and never written down."""

from __future__ import annotations

import pytest

from troubleshooter.survey import addresses
from troubleshooter.survey.vocabulary import safe
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.tenant import Tenant

FABRIKAM = Tenant(
    name="Fabrikam",
    home="https://www.office.com",
    sharepoint="https://fabrikam.sharepoint.com",
    my="https://fabrikam-my.sharepoint.com",
    cloud="worldwide",
    sign_in_hosts=(),
    accounts={"mia": Account(username="mia@fabrikam.example")},
)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "no address"),
        ("https://m365.cloud.microsoft/launch/sharepoint?auth=2", "/launch/sharepoint"),
        ("https://m365.cloud.microsoft/launch/quokkason", "/launch/…"),
        ("https://fabrikam.sharepoint.com/sites/hr?source=waffle", "source=waffle"),
        (
            "https://fabrikam.sharepoint.com/_layouts/15/sharepoint.aspx?login_hint=mia@fabrikam.example",
            "/_layouts/15/sharepoint.aspx",
        ),
        ("https://fabrikam.sharepoint.com/sites/launch", "another address"),
    ],
)
def test_where_an_icon_leads(url: str, says: str):
    """The documented forms are distinguished."""
    assert says == addresses.app_address(url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://fabrikam.sharepoint.com/_layouts/15/userphoto.aspx?size=S&accountname=mia", "userphoto.aspx"),
        ("https://x.example/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg?_oat_=1", "afdcache.ashx"),
        ("https://fabrikam.sharepoint.com/_layouts/15/images/PersonPlaceholder.96x96x32.png", "a placeholder picture"),
        ("https://fabrikam-my.sharepoint.com/User%20Photos/Profile%20Pictures/mia_MThumb.jpg", "the picture library"),
        ("https://login.microsoftonline.com/common", "another address"),
    ],
)
def test_which_address_of_a_photo_it_is(url: str, says: str):
    """Redirects to the delivery network, the placeholder and the library are distinguished."""
    assert says == addresses.photo_address(url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://login.microsoftonline.com/common", "sign-in"),
        ("https://fabrikam-my.sharepoint.com/personal/mia", "the tenant"),
        ("https://myaccount.microsoft.com/?ref=MeControl", "my account"),
        ("https://m365.cloud.microsoft/chat", "the home page"),
        ("https://graph.microsoft.com/v1.0", "graph.microsoft.com"),
        ("https://fabrikam.outlook.com/mia", "w1.outlook.com"),
        ("https://quokka-photo.office.com/", "w1-photo.office.com"),
        ("https://microsoft.com.evil.example/", "another host"),
    ],
)
def test_whose_host_it_is(url: str, says: str):
    """Microsoft's hosts are named, without what may be a tenant's; one that only looks like Microsoft's is another."""
    assert says == addresses.whose_host(url, FABRIKAM) == safe(addresses.whose_host(url, FABRIKAM))


def test_which_host_serves_the_home_page():
    """Only the documented hosts are named."""
    assert "m365.cloud.microsoft" == addresses.home_host("https://m365.cloud.microsoft/chat?auth=2")
    assert "other" == addresses.home_host("https://m365.cloud.microsoft.evil.example/chat")

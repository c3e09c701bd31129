"""A run visits only the tenant's hosts, and types secrets on fewer of them."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.tenant.hosts import CLOUDS, SHAREPOINT_SUFFIXES, SIGN_IN_HOSTS, HostPolicy, host_policy

OWN = ("https://www.office.com", "https://contoso.sharepoint.com", "https://contoso-my.sharepoint.com")


@pytest.fixture(scope="module")
def hosts() -> HostPolicy:
    """Return the hosts of a worldwide tenant whose account signs in at the company's own provider."""
    return host_policy("worldwide", OWN, ["login.partner.example"], ["sts.contoso.com"])


@pytest.mark.parametrize(
    ("url", "visit", "type_"),
    [
        ("https://www.office.com/", True, False),
        ("https://office.com/", True, False),
        ("https://m365.cloud.microsoft/chat", True, False),
        ("https://contoso.sharepoint.com/sites/News", True, False),
        ("https://contoso-my.sharepoint.com/personal", True, False),
        ("https://outlook.office365.com/owa", True, False),
        ("https://mysignins.microsoft.com/register", True, False),
        ("https://graph.microsoft.com/v1.0/me", True, False),
        ("https://login.microsoftonline.com/common", True, True),
        ("https://login.microsoft.com/common/fido/get", True, True),
        ("https://sts.contoso.com/adfs/ls", True, True),
        ("https://login.partner.example/", True, True),
        ("https://device.login.microsoftonline.com/", True, False),
        ("http://login.microsoftonline.com/", False, False),
        ("https://login.microsoftonline.com.evil.example/", False, False),
        ("https://login.microsoftonline.co/", False, False),
        ("https://evil.example/login.microsoftonline.com", False, False),
        ("https://evil.sts.contoso.com/", False, False),
        ("https://fabrikam.sharepoint.com/", False, False),
        ("https://evil.contoso.sharepoint.com/", False, False),
        ("https://notoffice.com/", False, False),
        ("https://login.live.com/", False, False),
        ("https://login.microsoftonline.us/", False, False),
        ("about:blank", False, False),
        ("", False, False),
    ],
)
def test_what_may_be_visited_and_where_secrets_are_typed(hosts, url, visit, type_):
    """Services may be visited, but secrets are typed only at sign-in and at the account's own provider."""
    assert (visit, type_) == (hosts.may_visit(url), hosts.may_type(url))


def test_no_secret_is_typed_at_another_accounts_provider():
    """Without `federated_hosts` the company's provider is an unknown host."""
    bare = host_policy("worldwide", OWN)
    assert (False, False) == (bare.may_visit("https://sts.contoso.com/"), bare.may_type("https://sts.contoso.com/"))


@pytest.mark.parametrize("cloud", CLOUDS)
def test_each_cloud_has_its_own_sign_in(cloud):
    """Secrets are typed only at the cloud's own sign-in hosts; those of another cloud may not even be visited."""
    hosts = host_policy(cloud, (f"https://contoso{SHAREPOINT_SUFFIXES[cloud][0]}",))
    others = {name for names in SIGN_IN_HOSTS.values() for name in names} - set(SIGN_IN_HOSTS[cloud])
    assert [True] * len(SIGN_IN_HOSTS[cloud]) == [hosts.may_type(f"https://{name}/") for name in SIGN_IN_HOSTS[cloud]]
    assert [] == [name for name in others if hosts.may_type(f"https://{name}/")]
    assert [] == [name for name in others if cloud != "worldwide" and hosts.may_visit(f"https://{name}/")]


def test_other_clouds_have_no_worldwide_services():
    """Outside the worldwide cloud, only the tenant's own hosts and its cloud's sign-in may be visited."""
    hosts = host_policy("gcch", ("https://contoso.sharepoint.us", "https://portal.office365.us"))
    assert hosts.may_visit("https://portal.office365.us/")
    assert not hosts.may_visit("https://www.office.com/")


def test_hosts_to_visit_are_not_typed_into():
    """A host of `visit_hosts`, and every host below it, may be visited; nobody types there."""
    hosts = host_policy("worldwide", OWN, visit_hosts=["MCAS.ms"])
    for url in ("https://contoso.sharepoint.com.mcas.ms/", "https://login.microsoftonline.com.mcas.ms/"):
        assert (True, False) == (hosts.may_visit(url), hosts.may_type(url))
    assert not hosts.may_visit("https://mcas.ms.evil.example/")


@pytest.mark.parametrize(
    ("url", "wanted", "expected"),
    [
        ("https://contoso.sharepoint.com/sites/hr", "https://fabrikam.sharepoint.com", True),
        ("https://fabrikam.sharepoint.com/sites/hr", "https://contoso.sharepoint.com", True),
        ("https://contoso-my.sharepoint.com/", "https://fabrikam-my.sharepoint.com", True),
        ("https://fabrikam-my.sharepoint.com/", "https://fabrikam.sharepoint.com", False),
        ("https://contoso.sharepoint.com/", "https://fabrikam-my.sharepoint.com", False),
        ("https://intranet.contoso.com/", "https://fabrikam.sharepoint.com", False),
        ("https://northwind.sharepoint.com/", "https://fabrikam.sharepoint.com", False),
        ("https://contoso.cloud.microsoft/", "https://contoso.sharepoint.com", False),
    ],
)
def test_a_former_name_of_the_tenant_leads_to_the_present_one(url, wanted, expected):
    """If `visit_hosts` lists it; SharePoint and OneDrive stay apart, and no other host of the list becomes a site."""
    former = ["contoso.sharepoint.com", "contoso-my.sharepoint.com", "intranet.contoso.com"]
    own = ("https://www.office.com", "https://fabrikam.sharepoint.com", "https://fabrikam-my.sharepoint.com")
    assert expected == host_policy("worldwide", own, visit_hosts=former).leads_to(url, wanted)
    assert not host_policy("worldwide", own).leads_to("https://contoso.sharepoint.com/", own[1])


def test_names_are_compared_case_insensitively():
    """Host names are compared case-insensitively, so a tenant file may contain capitals."""
    assert host_policy("worldwide", OWN, ["LOGIN.Partner.Example"]).may_type("https://login.partner.example/")


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=20), st.text("abc.-@:#?%\\", max_size=12))
def test_where_secrets_are_typed_may_be_visited(path, label):
    """Any URL on which secrets may be typed may also be visited."""
    hosts = host_policy("worldwide", OWN, (), ["sts.contoso.com"])
    for url in (
        f"https://sts.contoso.com/{path}",
        f"https://{label}sts.contoso.com/",
        f"https://sts.contoso.com{label}/",
    ):
        assert not hosts.may_type(url) or hosts.may_visit(url)


def test_the_rules_of_a_browser_name_every_host_that_is_needed():
    """Each host that may be visited, or that scripts come from, matches a pattern; a look-alike matches none."""
    hosts = host_policy("worldwide", OWN)
    wanted = [*hosts.exact, *hosts.families, "outlook.office.com", "res-1.cdn.office.net", "aadcdn.msftauth.net"]
    unwanted = ["login.microsoftonline.com.evil.example", "evil.example", "xoffice.com"]
    matched = {name for name in (*wanted, *unwanted) for rule in hosts.patterns() if fnmatchcase(name, rule)}
    assert set(wanted) == matched


@pytest.mark.parametrize(
    ("url", "wanted", "expected"),
    [
        ("https://contoso.sharepoint.com/sites/hr", OWN[1], True),
        ("https://contoso.cloud.microsoft/sites/hr", OWN[1], True),
        ("https://contoso.sharepoint.cloud.microsoft/", OWN[1], True),
        ("https://onedrive.cloud.microsoft/my?id=x", OWN[2], True),
        ("https://contoso.sharepoint.com.mcas.ms/sites/hr", OWN[1], True),
        ("https://contoso-my.sharepoint.com/", OWN[1], False),
        ("https://m365.cloud.microsoft/chat", OWN[1], False),
        ("https://outlook.cloud.microsoft/mail", OWN[2], False),
        ("https://contoso.cloud.microsoft/", OWN[0], False),
        ("https://contoso.cloud.microsoft.evil.example/", OWN[1], False),
        ("https://login.microsoftonline.com/", OWN[1], False),
        ("about:blank", OWN[1], False),
    ],
)
def test_sharepoint_is_followed_where_microsoft_moves_it(url, wanted, expected):
    """To cloud.microsoft, but to no other app there; and under the name that session control gives it."""
    hosts = host_policy("worldwide", OWN, visit_hosts=["mcas.ms"])
    assert expected == hosts.leads_to(url, wanted)


def test_session_control_is_followed_only_where_it_may_be_visited():
    """Without `visit_hosts` it is a host of somebody else's."""
    assert not host_policy("worldwide", OWN).leads_to("https://contoso.sharepoint.com.mcas.ms/", OWN[1])

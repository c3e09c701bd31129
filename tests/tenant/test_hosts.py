"""A run visits the tenant's hosts only, and types into fewer."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.tenant.hosts import CLOUDS, SHAREPOINT_SUFFIXES, SIGN_IN_HOSTS, HostPolicy, host_policy
from troubleshooter.urls import host_of

OWN = ("https://www.office.com", "https://contoso.sharepoint.com", "https://contoso-my.sharepoint.com")


@pytest.fixture(scope="module")
def hosts() -> HostPolicy:
    """Return the hosts of a worldwide tenant whose account signs in at the company's own provider."""
    return host_policy("worldwide", OWN, ["login.partner.example"], ["sts.contoso.com"])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://contoso.sharepoint.com/sites/News", "contoso.sharepoint.com"),
        ("HTTPS://Contoso.SharePoint.COM/", "contoso.sharepoint.com"),
        ("https://contoso.sharepoint.com./", "contoso.sharepoint.com"),
        ("https://contoso.sharepoint.com:443/x", "contoso.sharepoint.com"),
        ("https://login.microsoftonline.com@evil.example/", "evil.example"),
        ("https://login.microsoftonline.com:pass@evil.example/", "evil.example"),
        ("https://evil.example#@login.microsoftonline.com/", "evil.example"),
        ("https://evil.example?@login.microsoftonline.com/", "evil.example"),
        ("http://contoso.sharepoint.com/", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("blob:https://contoso.sharepoint.com/1", ""),
        ("about:blank", ""),
        ("//contoso.sharepoint.com/", ""),
        ("contoso.sharepoint.com", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(url, expected):
    """Only an https address has a host, and it is the one that a browser would go to."""
    assert expected == host_of(url)


@pytest.mark.parametrize("url", ["https://[", "https://[contoso.sharepoint.com/", "https://contoso.sharepoint.com]/"])
def test_an_address_that_is_none_has_no_host(url):
    """A mistyped address is no reason to fail: it has no host."""
    assert "" == host_of(url)


def test_a_backslash_ends_the_host():
    """A browser reads a backslash as a slash: what follows it is no host."""
    assert "login.microsoftonline.com" != host_of("https://evil.example\\@login.microsoftonline.com/")


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
def test_what_may_be_visited_and_typed_into(hosts, url, visit, type_):
    """The services may be visited; only sign-in, and the account's own provider, may be typed into."""
    assert (visit, type_) == (hosts.may_visit(url), hosts.may_type(url))


def test_another_accounts_provider_is_not_typed_into():
    """Without `federated_hosts` the company's provider is a stranger."""
    bare = host_policy("worldwide", OWN)
    assert (False, False) == (bare.may_visit("https://sts.contoso.com/"), bare.may_type("https://sts.contoso.com/"))


@pytest.mark.parametrize("cloud", CLOUDS)
def test_each_cloud_signs_in_at_home(cloud):
    """A cloud's own sign-in may be typed into, and no sign-in of another cloud may even be visited."""
    hosts = host_policy(cloud, (f"https://contoso{SHAREPOINT_SUFFIXES[cloud][0]}",))
    others = {name for names in SIGN_IN_HOSTS.values() for name in names} - set(SIGN_IN_HOSTS[cloud])
    assert [True] * len(SIGN_IN_HOSTS[cloud]) == [hosts.may_type(f"https://{name}/") for name in SIGN_IN_HOSTS[cloud]]
    assert [] == [name for name in others if hosts.may_type(f"https://{name}/")]
    assert [] == [name for name in others if cloud != "worldwide" and hosts.may_visit(f"https://{name}/")]


def test_other_clouds_have_no_worldwide_services():
    """In another cloud than worldwide only the tenant's own hosts and its sign-in are visited."""
    hosts = host_policy("gcch", ("https://contoso.sharepoint.us", "https://portal.office365.us"))
    assert hosts.may_visit("https://portal.office365.us/")
    assert not hosts.may_visit("https://www.office.com/")


def test_names_are_compared_without_case():
    """The tenant file may write a host in capitals."""
    assert host_policy("worldwide", OWN, ["LOGIN.Partner.Example"]).may_type("https://login.partner.example/")


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=20), st.text("abc.-@:#?%\\", max_size=12))
def test_what_is_typed_into_is_visited(path, label):
    """No address may be typed into that may not be visited."""
    hosts = host_policy("worldwide", OWN, (), ["sts.contoso.com"])
    for url in (
        f"https://sts.contoso.com/{path}",
        f"https://{label}sts.contoso.com/",
        f"https://sts.contoso.com{label}/",
    ):
        assert not hosts.may_type(url) or hosts.may_visit(url)


def test_a_browsers_own_rules_name_whatever_may_be_visited_and_where_scripts_come_from():
    """Each host that may be visited fits a pattern; a look-alike fits none."""
    hosts = host_policy("worldwide", OWN)
    fits = lambda name: any(fnmatchcase(name, pattern) for pattern in hosts.patterns())  # noqa: E731
    wanted = [*hosts.exact, *hosts.families, "outlook.office.com", "res-1.cdn.office.net", "aadcdn.msftauth.net"]
    assert [] == [name for name in wanted if not fits(name)]
    assert [] == [n for n in ("login.microsoftonline.com.evil.example", "evil.example", "xoffice.com") if fits(n)]

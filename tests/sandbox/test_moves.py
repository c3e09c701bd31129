"""SharePoint and OneDrive under other names: over HTTPS, next to the healthy control."""

import pytest

from troubleshooter.sandbox.site_hosts import NAMES

SITES = ("contoso.sharepoint.com", "contoso-my.sharepoint.com")
PAGE = "/sites/communications/SitePages/Our-Team.aspx"
AS_PAGE = {"headers": {"Sec-Fetch-Dest": "document"}}
AS_PICTURE = {"headers": {"Sec-Fetch-Dest": "image"}}


@pytest.mark.parametrize(
    ("fault", "ends_at"),
    [
        ("healthy", SITES),
        ("cloud-microsoft", ("contoso.cloud.microsoft", "onedrive.cloud.microsoft")),
        ("renamed-tenant", ("fabrikam.sharepoint.com", "fabrikam-my.sharepoint.com")),
        ("session-control", tuple(f"{host}.mcas.ms" for host in SITES)),
    ],
)
def test_a_signed_in_visitor_ends_at_the_other_name(tenant, enter, distance, fault, ends_at):
    """There SharePoint and OneDrive answer as under their own names: page, photo and stored thumbnail."""
    visitor = enter()
    photo = visitor.userphoto(tenant.subject).picture
    tenant.set_fault(fault)
    site, my = ends_at
    page = visitor.visit(f"https://{SITES[0]}{PAGE}?web=1", **AS_PAGE)
    assert (200, f"https://{site}{PAGE}?web=1") == (page.status, page.url)
    assert 'id="O365_NavHeader"' in page.text
    assert f"https://{my}/_layouts/15/onedrive.aspx" == visitor.visit(f"https://{SITES[1]}/", **AS_PAGE).url
    served = visitor.visit(f"https://{site}/_layouts/15/userphoto.aspx?size=L&accountname={tenant.subject}")
    assert distance(photo, served.picture) < 2
    named = visitor.visit(
        f"https://{site}/_api/SP.UserProfiles.PeopleManager/GetMyProperties", headers={"Accept": "application/json"}
    ).json
    stored = {pair["Key"]: pair["Value"] for pair in named["UserProfileProperties"]}["PictureURL"]
    assert f"https://{my if fault == 'renamed-tenant' else SITES[1]}:443/" in stored
    assert visitor.visit(stored.replace(":443", ""), **AS_PAGE).picture.size == (96, 96)


@pytest.mark.parametrize(
    "fault", ["cloud-microsoft", "renamed-tenant", "sharepoint-imitated", "sharepoint-to-intranet"]
)
def test_everybody_is_redirected_before_sign_in(tenant, stranger, fault):
    """The redirect keeps path and query; no other host of the tenant redirects."""
    tenant.set_fault(fault)
    names = NAMES[tenant.state.flags.sites_at]
    for host in SITES:
        answer = stranger.ask(f"https://{host}{PAGE}?web=1")
        assert (302, f"https://{names[host]}{PAGE}?web=1") == (answer.status, answer.headers["location"])
    assert stranger.ask("https://m365.cloud.microsoft/").status == 200


def test_session_control_begins_after_sign_in_and_refuses_what_keeps_the_old_name(tenant, stranger, enter):
    """A stranger is sent to sign in first; then pages are redirected, and pictures and calls are refused."""
    tenant.set_fault("session-control")
    assert "Authenticate.aspx" in stranger.ask(f"https://{SITES[0]}{PAGE}", **AS_PAGE).headers["location"]
    visitor = enter()
    visitor.visit(f"https://{SITES[0]}{PAGE}", **AS_PAGE)
    for what in ("/_layouts/15/userphoto.aspx?accountname=x", "/_api/web/currentuser"):
        assert 401 == visitor.ask(f"https://{SITES[0]}{what}", **AS_PICTURE).status
        assert visitor.ask(f"https://{SITES[0]}.mcas.ms{what}", **AS_PICTURE).status in (200, 302)


def test_session_control_of_the_home_page_begins_after_sign_in(tenant, stranger, enter):
    """A stranger sees the home page's own name, a signed-in visitor the other one; SharePoint keeps its name."""
    tenant.set_fault("session-control-home")
    home = "https://m365.cloud.microsoft"
    assert (200, f"{home}/") == ((answer := stranger.visit(f"{home}/", **AS_PAGE)).status, answer.url)
    visitor = enter()
    assert f"{home}.mcas.ms/landingv2" == visitor.visit(f"{home}/?auth=2", **AS_PAGE).url  # its script goes on
    page = visitor.visit(f"{home}/?auth=2", **AS_PAGE)
    assert (200, f"{home}.mcas.ms/?auth=2") == (page.status, page.url)
    assert 401 == visitor.ask(f"{home}/apps", **AS_PICTURE).status
    assert f"https://{SITES[0]}{PAGE}" == visitor.visit(f"https://{SITES[0]}{PAGE}", **AS_PAGE).url


@pytest.mark.parametrize(
    ("fault", "host"),
    [("healthy", SITES[0]), ("cloud-microsoft", SITES[0]), ("renamed-tenant", "fabrikam.sharepoint.com")],
)
def test_the_launcher_has_the_new_name_of_a_renamed_tenant_only(tenant, stranger, fault, host):
    """Microsoft moves users to cloud.microsoft by redirects; the links stay."""
    tenant.set_fault(fault)
    location = stranger.ask("https://www.office.com/launch/sharepoint").headers["location"]
    assert f"https://{host}/_layouts/15/sharepoint.aspx" == location


def test_names_that_only_take_what_is_typed_are_noticed(tenant, stranger):
    """An imitation, the intranet, and sign-in behind session control are no hosts of the tenant: all is journaled."""
    for host in ("contoso.sharepoint.com.sign-in.example", "intranet.contoso.com", "login.microsoftonline.com.mcas.ms"):
        assert stranger.ask(f"https://{host}/x", data={"passwd": tenant.password}).status in (200, 405)
    assert ["unexpected"] * 3 == [request.kind for request in tenant.journal.requests]
    assert 3 == len(tenant.journal.credentials)


def test_sign_in_behind_session_control_asks_on_the_name_with_the_suffix(tenant, stranger):
    """The page has the ids of the real one; the healthy sign-in stays on its own host."""
    healthy = stranger.visit("https://www.office.com/?auth=2")
    assert healthy.url.startswith("https://login.microsoftonline.com/")
    tenant.set_fault("session-control-sign-in")
    asked = stranger.visit("https://www.office.com/?auth=2")
    assert asked.url.startswith("https://login.microsoftonline.com.mcas.ms/")
    assert 'id="i0116"' in asked.text

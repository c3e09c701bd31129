"""Mutations of pages and disturbances of hosts, as they are served; the tenant looks as before afterwards."""

import http.client
import socket
import ssl
from urllib.parse import urljoin

import pytest

from troubleshooter.sandbox.app import kind_of
from troubleshooter.sandbox.interference import DISTURBANCES, PLACES, Disturbance, Mutation
from troubleshooter.sandbox.mutations import CASE_COOKIE, DECOY

HOME = "https://m365.cloud.microsoft/"
BUTTON = "O365_MainLink_Me"


@pytest.fixture
def change(tenant):
    """Return a function that gives the tenant a mutation for one case; afterwards there is none."""

    def change(mutation, case=""):
        tenant.state.mutations[case] = mutation

    yield change
    tenant.state.mutations.clear()
    tenant.state.decoys_touched.clear()


@pytest.fixture
def disturb(tenant):
    """Return a function that gives the tenant a disturbance, and returns it; afterwards there is none."""

    def disturb(kind, place="home", **how):
        tenant.state.disturbance = Disturbance(kind, place, **how)
        return tenant.state.disturbance

    yield disturb
    tenant.state.disturbance = None


def test_a_token_is_renamed_in_everything_and_nothing_else(change, enter):
    """Page, script and style use the new name; a longer name that begins alike stays."""
    visitor, mutation = enter(), Mutation("token", f"#{BUTTON}", BUTTON)
    change(mutation)
    page, script = visitor.visit(HOME).text, visitor.ask(f"{HOME}sandbox-static/suite.js").text
    assert f'id="{mutation.renamed}"' in page
    assert f'byId("{mutation.renamed}")' in script
    assert f"{BUTTON}Photo" in script
    assert f'"{BUTTON}"' not in page + script


def test_a_renamed_field_is_understood(change, tenant, stranger):
    """What a form sends under the new name arrives under the old one, so that sign-in still works."""
    change(mutation := Mutation("token", "#i0118", "passwd"))
    page = stranger.visit("https://www.office.com/?auth=2")
    assert f'name="{mutation.renamed}"' in page.text
    form = {name: page.field(name) for name in ("ctx", "flowToken", "canary")}
    form |= {"login": tenant.subject, "loginfmt": tenant.subject, mutation.renamed: tenant.password}
    after = stranger.ask(urljoin(page.url, page.config["urlPost"]), data=form)
    assert "KmsiInterrupt" == after.config["pgid"]


def test_only_the_visitor_of_the_case_gets_the_mutation(change, enter):
    """Several cases can be tried at the same time."""
    change(mutation := Mutation("token", f"#{BUTTON}", BUTTON), "one")
    other, one = enter(), enter("helpdesk")
    one.cookies.setdefault("m365.cloud.microsoft", {})[CASE_COOKIE] = "one"
    assert mutation.renamed in one.visit(HOME).text
    assert mutation.renamed not in other.visit(HOME).text


def test_a_healthy_page_has_no_trace_of_it(enter):
    """Without a mutation, no page carries the script that makes one."""
    assert "sandboxDecoys" not in enter().visit(HOME).text


def test_a_decoy_reports_that_it_was_touched(tenant, change, enter):
    """Every host takes the report, and serves the decoys' picture."""
    visitor = enter()
    for host in ("m365.cloud.microsoft", "contoso.sharepoint.com", "login.microsoftonline.com"):
        assert 204 == visitor.ask(f"https://{host}{DECOY}", data=b"click").status
        assert "image/jpeg" == visitor.ask(f"https://{host}{DECOY}").headers["content-type"]
    assert [("", "click")] * 3 == tenant.state.decoys_touched
    tenant.state.decoys_touched.clear()


@pytest.mark.parametrize("kind", [kind for kind in DISTURBANCES if kind.isdecimal()])
def test_a_status_comes_from_the_place_alone(kind, disturb, enter):
    """The place answers with the status; another host as usual."""
    visitor = enter()
    disturbance = disturb(kind)
    assert int(kind) == visitor.ask(HOME).status
    assert 200 == visitor.visit("https://contoso.sharepoint.com/_layouts/15/sharepoint.aspx").status
    assert (True, 1) == (disturbance.began.is_set(), disturbance.count)


def test_a_loop_leads_to_itself(disturb, enter):
    """The redirect leads to the address that was asked for."""
    visitor = enter()
    disturb("loop")
    assert (302, f"{HOME}?a=1") == ((answer := visitor.ask(f"{HOME}?a=1")).status, answer.headers["location"])


@pytest.mark.parametrize("kind", ["reset", "half-sent"])
def test_a_connection_ends_before_or_in_the_middle_of_an_answer(kind, disturb, enter):
    """The answer never comes, or breaks off."""
    visitor = enter()
    disturb(kind)
    with pytest.raises((http.client.HTTPException, OSError)):
        visitor.ask(HOME)


def test_it_begins_and_ends_when_it_should(disturb, enter):
    """The first request is spared, the second disturbed, the third as usual."""
    visitor = enter()
    disturb("503", spared=1, times=1)
    assert [200, 503, 200] == [visitor.ask(HOME).status for _ in range(3)]


def test_a_path_is_a_place_of_its_own(disturb, enter):
    """Only the photos of SharePoint fail, also those of a site."""
    visitor = enter()
    visitor.visit("https://contoso.sharepoint.com/_layouts/15/sharepoint.aspx")
    disturb("404", "userphoto")
    for site in ("", "/sites/communications"):
        assert 404 == visitor.ask(f"https://contoso.sharepoint.com{site}/_layouts/15/userphoto.aspx?size=S").status
    assert 200 == visitor.ask("https://contoso.sharepoint.com/_layouts/15/sharepoint.aspx").status


def test_a_wrong_clock_shows_in_the_date(disturb, enter):
    """The date that the place sends is more than a day ahead of the others'."""
    visitor = enter()
    before = visitor.ask(HOME).headers["date"]
    disturb("clock")
    assert before != visitor.ask(HOME).headers["date"]


def test_another_certificate_is_shown_for_one_host(tenant, disturb):
    """With a disturbance of TLS, the host's certificate is not the one that a browser was told to trust."""
    before, other = _key(tenant.port, "m365.cloud.microsoft"), _key(tenant.port, "contoso.sharepoint.com")
    disturb("tls")
    assert before != _key(tenant.port, "m365.cloud.microsoft")
    assert other == _key(tenant.port, "contoso.sharepoint.com")


def _key(port, name):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=name) as secured,
    ):
        return secured.getpeercert(binary_form=True)


def test_every_place_is_served():
    """The places are hosts that the sandbox serves."""
    assert {"tenant"} == {kind_of(host) for hosts, _ in PLACES.values() for host in hosts}

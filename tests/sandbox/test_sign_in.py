"""The sign-in service, tested over HTTPS."""

import json
from urllib.parse import urlsplit

import pytest

LOGIN = "https://login.microsoftonline.com"


def test_the_bare_home_address_leads_a_stranger_to_a_page_that_offers_to_sign_in(stranger):
    """www.office.com redirects to a page that does not yet ask for a password."""
    page = stranger.visit("https://www.office.com")
    assert page.url.startswith("https://m365.cloud.microsoft/")
    assert 'id="hero-banner-sign-in-microsoft-365-link"' in page.text


def test_auth_2_leads_straight_to_the_sign_in_page(stranger):
    """The sign-in request contains the home page's own client ID and URL."""
    page = stranger.visit("https://www.office.com/?auth=2")
    assert page.url.startswith(f"{LOGIN}/common/oauth2/v2.0/authorize?client_id=4765445b-32c6-49b0-83e6-1d93765276ca")
    assert "redirect_uri=https%3A%2F%2Fm365.cloud.microsoft%2Flandingv2" in page.url
    assert "response_mode=form_post" in page.url
    assert page.config["pgid"] == "ConvergedSignIn"
    assert page.config["sErrorCode"] == "50058"
    assert page.headers["x-frame-options"] == "DENY"


def test_both_views_of_the_sign_in_page_are_in_one_document_that_ships_hidden(stranger):
    """The sign-in page contains both views, hidden until its script runs, with the password field off screen."""
    page = stranger.visit("https://www.office.com/?auth=2").text
    assert '<meta name="PageID" content="ConvergedSignIn">' in page
    assert 'style="display: none"' in page
    for part in ("i0116", "i0118", "idSIButton9", "idBtn_Back", "displayName", "usernameError", "passwordError"):
        assert f'id="{part}"' in page
    assert 'class="form-control moveOffScreen" aria-hidden="true" tabindex="-1"' in page


def test_a_whole_sign_in_ends_at_home(tenant, stranger):
    """Password, "Stay signed in?" and the landing page lead home; one password was sent, to one host."""
    landing = stranger.sign_in(tenant.subject)
    assert landing.url == "https://m365.cloud.microsoft/landingv2"
    assert "window.location.replace" in landing.text
    home = stranger.visit("https://www.office.com/")
    assert home.url == "https://m365.cloud.microsoft/"
    assert 'id="O365_NavHeader"' in home.text
    (credential,) = tenant.journal.credentials
    assert (credential.host, credential.path) == ("login.microsoftonline.com", "/common/login")
    assert (credential.user, credential.right) == (tenant.subject, True)


@pytest.mark.parametrize(("stay", "cookie"), [(True, "ESTSAUTHPERSISTENT"), (False, "ESTSAUTH")])
def test_yes_and_no_to_stay_signed_in_leave_different_cookies(tenant, stranger, stay, cookie):
    """Answering yes to "Stay signed in?" sets a persistent cookie, and answering no sets a session cookie."""
    stranger.sign_in(tenant.subject, stay=stay)
    assert [cookie] == list(stranger.cookies["login.microsoftonline.com"])


def test_the_user_name_is_taken_in_any_case(tenant, stranger):
    """User names are case-insensitive."""
    stranger.sign_in("Ana.POPESCU@Contoso.com")
    assert 'data-mail="ana.popescu@contoso.com"' in stranger.visit("https://m365.cloud.microsoft/").text


def test_a_wrong_password_brings_the_page_back_with_its_code(tenant, stranger):
    """After a wrong password, the password view reports 50126 and no session exists."""
    page = stranger.sign_in(tenant.subject, "not-it")
    assert page.config["pgid"] == "ConvergedSignIn"
    assert (page.config["sErrorCode"], page.config["iErrorCode"]) == ("50126", 50126)
    assert 'id="emailView" class="view" hidden' in page.text
    assert "login.microsoftonline.com" not in stranger.cookies
    assert [credential.right for credential in tenant.journal.credentials] == [False]


def test_an_unknown_user_is_reported_before_a_password_is_asked_for(tenant, stranger):
    """GetCredentialType reports whether the user exists."""
    results = {}
    for user in (tenant.subject, "nobody@contoso.com"):
        body = json.dumps({"username": user})
        results[user] = stranger.ask(f"{LOGIN}/common/GetCredentialType", data=body).json["IfExistsResult"]
    assert results == {tenant.subject: 0, "nobody@contoso.com": 1}


def test_a_session_opens_sharepoint_without_asking_again(tenant, enter):
    """SharePoint redirects to the sign-in service, which redirects back without showing a page."""
    visitor = enter()
    page = visitor.visit("https://www.office.com/launch/sharepoint")
    assert page.url == f"{tenant.sharepoint}/_layouts/15/sharepoint.aspx"
    assert page.status == 200
    assert len(tenant.journal.credentials) == 1
    assert {"/_layouts/15/Authenticate.aspx", "/_forms/default.aspx"} <= {
        entry.path for entry in tenant.journal.requests if entry.host == "contoso.sharepoint.com"
    }


def test_the_tenants_sharepoint_hosts_share_one_cookie(tenant, enter):
    """After a visit to SharePoint, the -my host responds without another sign-in."""
    visitor = enter()
    visitor.visit(tenant.sharepoint)
    assert visitor.ask(f"{tenant.my}/_layouts/15/onedrive.aspx").status == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://contoso.sharepoint.com/sites/communications/SitePages/Our-Team.aspx",
        "https://contoso-my.sharepoint.com/",
        "https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto?email=ana.popescu@contoso.com",
        "https://myaccount.microsoft.com/",
        "https://m365.cloud.microsoft/apps",
    ],
)
def test_every_resource_sends_a_stranger_to_sign_in_and_takes_a_member_back(stranger, enter, address):
    """A stranger is redirected to sign-in, and a signed-in visitor back to the requested host."""
    assert urlsplit(stranger.visit(address).url).hostname == "login.microsoftonline.com"
    member = enter()
    member.visit(address)
    answer = member.visit(address)
    assert urlsplit(answer.url).hostname == urlsplit(address).hostname
    assert answer.status == 200


def test_rest_calls_are_refused_to_a_stranger(tenant, stranger):
    """A stranger's REST call gets an error, not a sign-in page."""
    answer = stranger.ask(f"{tenant.sharepoint}/_api/web/currentuser")
    assert answer.status == 401
    assert "UnauthorizedAccessException" in answer.json["error"]["code"]


def test_graph_answers_a_stranger_with_401_and_never_with_a_page(stranger):
    """Without a session, Graph returns an error even if a browser navigates there."""
    address = "https://graph.microsoft.com/v1.0/me/photo/$value"
    assert stranger.ask(address).status == 401
    assert stranger.visit(address, headers={"Sec-Fetch-Dest": "document"}).status == 401


def test_an_answer_that_the_sign_in_service_did_not_give_is_refused(tenant, stranger):
    """SharePoint refuses a code that the sign-in service did not issue."""
    answer = stranger.ask(f"{tenant.sharepoint}/_forms/default.aspx", data={"code": "guess", "state": "x"})
    assert answer.status == 400
    assert "contoso.sharepoint.com" not in stranger.cookies


def test_signing_out_ends_every_session(tenant, enter):
    """SharePoint asks to sign in again after the visitor signed out."""
    visitor = enter()
    visitor.visit(tenant.sharepoint)
    visitor.visit(f"{LOGIN}/common/oauth2/v2.0/logout")
    assert urlsplit(visitor.visit(tenant.sharepoint).url).hostname == "login.microsoftonline.com"


def test_pages_are_in_romanian_where_the_browser_prefers_it(stranger):
    """Pages are in the language of Accept-Language, and declare it."""
    page = stranger.visit("https://www.office.com/?auth=2", headers={"Accept-Language": "ro-RO,ro;q=0.9"})
    assert '<html dir="ltr" lang="ro-RO">' in page.text
    assert "Conectați-vă" in page.text
    assert page.config["locale"]["mkt"] == "ro-RO"

"""Hosts that take part in sign-in, hosts that must not, and what the journal records of each."""

import json
from urllib.parse import urlsplit

import pytest

from troubleshooter.sandbox.sign_in_plan import HOMOGRAPH, LOOKALIKE
from troubleshooter.tenant.open import read_tenant
from troubleshooter.tenant.sandbox import as_toml, tenant_of

PROVIDERS = {
    "adfs": ("sts.contoso.com", ["userNameInput", "passwordInput", "submitButton", "loginForm", "optionSelection"]),
    "adfs-paged": ("sts.contoso.com", ["userNameInput", "nextButton", "passwordPage", "passwordInput"]),
    "ping": ("sso.contoso.com", ["username", "password"]),
    "okta": ("contoso.okta.com", ["okta-sign-in"]),
}  # fmt: skip
FIELDS = {"sts.contoso.com": ("UserName", "Password"), "sso.contoso.com": ("pf.username", "pf.pass")}


def away(tenant, stranger, fault):
    """Return the sign-in page and the identity provider's page, to which GetCredentialType redirects."""
    tenant.set_fault(fault)
    page = stranger.visit("https://www.office.com/?auth=2")
    said = {"username": tenant.subject, "originalRequest": page.config["sCtx"]}
    answer = stranger.script(page, page.config["urlGetCredentialType"], **said)
    return page, stranger.ask(answer["Credentials"]["FederationRedirectUrl"], headers=stranger.language_headers)


@pytest.mark.parametrize("fault", PROVIDERS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_companys_own_page_takes_the_password_and_leads_back(tenant, stranger, fault, language):
    """The right user and password at the provider lead back; the sign-in service never sees the password."""
    stranger.language_headers = {"Accept-Language": language}
    host, parts = PROVIDERS[fault]
    first, page = away(tenant, stranger, fault)
    assert urlsplit(page.url).hostname == host
    assert all(f'id="{part}"' in page.text for part in parts)
    for password in ("not-it", tenant.password):
        if host == "contoso.okta.com":
            body = {"username": tenant.subject, "password": password, "ctx": first.config["sCtx"]}
            signed = stranger.ask(f"https://{host}/api/v1/authn", data=json.dumps(body)).json["ticket"]
            reply = {"SAMLResponse": signed or ""}
        else:
            name, secret = FIELDS[host]
            trust = stranger.ask(page.url, data={name: tenant.subject, secret: password})
            reply = {"wresult": trust.field("wresult")} if trust.posts_itself else {"wresult": ""}
            assert trust.posts_itself == (password == tenant.password)
        after = stranger.ask("https://login.microsoftonline.com/login.srf", data=reply)
        assert after.config["pgid"] == ("KmsiInterrupt" if password == tenant.password else "ConvergedError")
    assert [(c.host, c.kind, c.right) for c in tenant.journal.credentials] == [
        (host, "password", False), (host, "password", True),
    ]  # fmt: skip
    assert host in [name.host for name in tenant.journal.names]


@pytest.mark.parametrize(("fault", "host"), [("lookalike-host", LOOKALIKE), ("lookalike-homograph", HOMOGRAPH)])
def test_a_look_alike_is_served_and_journaled_with_all_that_it_got(tenant, stranger, fault, host):
    """A request to a look-alike is recorded with headers and body, without secrets; a homograph by its ASCII name."""
    assert host.startswith("login.") and host.isascii() and host != "login.microsoftonline.com"
    tenant.set_fault(fault)
    page = stranger.visit("https://www.office.com/?auth=2")
    assert urlsplit(page.url).hostname == host
    assert 'id="i0118"' in page.text
    stranger.ask(f"https://{host}/common/login", data={"loginfmt": tenant.subject, "passwd": tenant.password})
    got = [entry for entry in tenant.journal.requests if entry.kind == "unexpected"]
    assert [entry.path for entry in got] == ["/common/oauth2/v2.0/authorize", "/common/login"]
    assert got[-1].headers["host"] == host
    assert "passwd=" in got[-1].body and tenant.password not in str(got)
    assert [(name.host, name.user) for name in tenant.journal.names] == [(host, tenant.subject)]
    assert [(c.host, c.right) for c in tenant.journal.credentials] == [(host, True)]


def test_a_look_alike_can_come_after_the_password_or_in_a_frame(tenant, stranger):
    """A redirect midway leads to a look-alike, or the right host's own page contains it in a frame."""
    tenant.set_fault("lookalike-midway")
    assert urlsplit(stranger.identify().headers["location"]).hostname == LOOKALIKE
    tenant.set_fault("lookalike-frame")
    page = stranger.visit("https://www.office.com/?auth=2")
    assert urlsplit(page.url).hostname == "login.microsoftonline.com"
    assert f'<iframe src="https://{LOOKALIKE}/' in page.text
    assert "x-frame-options" not in stranger.ask(f"https://{LOOKALIKE}/common/login").headers


def test_healthy_sign_in_asks_no_unexpected_host(tenant, enter):
    """A healthy sign-in contacts no unexpected host."""
    enter().visit(tenant.home)
    assert [entry.host for entry in tenant.journal.requests if entry.kind == "unexpected"] == []
    assert {name.host for name in tenant.journal.names} == {"login.microsoftonline.com"}


def test_a_seed_that_arrives_anywhere_is_noticed(tenant, stranger):
    """The journal records a seed wherever it arrives, because nobody should ever send it."""
    stranger.ask("https://login.microsoftonline.com/common/login", data={"otc": tenant.state.authenticator.seed})
    assert "seed" in [credential.kind for credential in tenant.journal.credentials]


def test_a_loop_is_ended_by_the_service(tenant, stranger):
    """The home page keeps asking to sign in, until the service ends the loop with 50196."""
    tenant.set_fault("sign-in-loop")
    stranger.sign_in(tenant.subject)
    rounds = 0
    page = stranger.visit("https://www.office.com/?auth=2")
    while "AADSTS50196" not in page.text and rounds < 20:
        page, rounds = stranger.visit("https://www.office.com/?auth=2"), rounds + 1
    assert 1 < rounds < 10
    assert page.config["pgid"] == "ConvergedError"
    assert page.config["strServiceExceptionMessage"].startswith("AADSTS50196")


def test_every_session_ends_once_after_sharepoint_was_opened(tenant, enter):
    """The second SharePoint page asks to sign in again, without an error; after that the session stays."""
    tenant.set_fault("signed-out-midway")
    visitor = enter()
    start, page = f"{tenant.sharepoint}/_layouts/15/sharepoint.aspx", tenant.pages[0]
    assert urlsplit(visitor.visit(start).url).hostname == "contoso.sharepoint.com"
    asked = visitor.visit(page)
    assert asked.config["pgid"] == "ConvergedSignIn"
    assert asked.config["sErrorCode"] == "50058"
    form = visitor.submit(asked, login=tenant.subject, passwd=tenant.password)
    visitor.submit(form, LoginOptions="3")
    for address in (page, start, page):
        assert urlsplit(visitor.visit(address).url).hostname == "contoso.sharepoint.com"
    assert len(tenant.journal.credentials) == 2


@pytest.mark.parametrize(
    ("fault", "totp", "hosts"),
    [
        ("healthy", None, ()),
        ("mfa-number", None, ()),
        ("mfa-totp", "env:TROUBLESHOOTER_SANDBOX_TOTP", ()),
        ("mfa-code-unknown", None, ()),
        ("adfs", None, ("sts.contoso.com",)),
        ("adfs-not-allowed", None, ()),
        ("ping", None, ("sso.contoso.com",)),
        ("okta", None, ("contoso.okta.com",)),
        ("adfs+mfa-totp", "env:TROUBLESHOOTER_SANDBOX_TOTP", ("sts.contoso.com",)),
    ],
)
def test_accounts_know_what_the_fault_lets_them_know(tenant, tmp_path, fault, totp, hosts):
    """Accounts have the seed's variable and the company's own hosts, also when read from a written tenant file."""
    tenant.set_fault(fault)
    made = tenant_of(tenant)
    file = tmp_path / "sandbox.toml"
    file.write_text(as_toml(made))
    assert tenant.state.authenticator.seed not in file.read_text()
    for known in (made, read_tenant(file)):
        assert {(account.totp, account.federated_hosts) for account in known.accounts.values()} == {(totp, hosts)}
    told = made.known_secrets.get("TROUBLESHOOTER_SANDBOX_TOTP")
    assert (told.reveal() if told else None) == (tenant.state.authenticator.seed if totp else None)

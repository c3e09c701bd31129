"""Each sign-in page is recognized by ids and codes, errors first, and nothing is typed where that is not allowed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.model.enums import STOPPED_REASONS, Reason
from troubleshooter.signin.codes import CODES, final_reason
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import Screen, ScreenName
from troubleshooter.signin.screens import classify
from troubleshooter.signin.stop_messages import stopped
from troubleshooter.tenant.hosts import host_policy

HOME = "https://www.office.com/"
HOSTS = host_policy(
    "worldwide",
    (HOME, "https://contoso.sharepoint.com", "https://contoso-my.sharepoint.com"),
    federated_hosts=("sts.contoso.com",),
)
LOGIN = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize"


def screen(url: str = LOGIN, **shown) -> Screen:
    return classify(Probe(url=url, **shown), HOSTS)


def stop(reason: Reason, code: str | None = None) -> Screen:
    return Screen(ScreenName.STOP, reason, code)


SCREENS = {
    "e-mail": ({"page_id": "ConvergedSignIn", "email": True, "primary": True}, Screen(ScreenName.EMAIL)),
    "e-mail before any session": (
        {"page_id": "ConvergedSignIn", "error": "50058", "email": True, "primary": True},
        Screen(ScreenName.EMAIL),
    ),
    "e-mail with a hidden password field": (
        {"page_id": "ConvergedSignIn", "email": True, "password": False, "primary": True},
        Screen(ScreenName.EMAIL),
    ),
    "e-mail with an error": (
        {"page_id": "ConvergedSignIn", "email": True, "email_error": "…", "primary": True},
        Screen(ScreenName.EMAIL),
    ),
    "an old error on another view": (
        {"page_id": "ConvergedSignIn", "email_error": "…", "password": True},
        Screen(ScreenName.PASSWORD),
    ),
    "password": (
        {"page_id": "ConvergedSignIn", "password": True, "primary": True, "identity": "ana@contoso.com"},
        Screen(ScreenName.PASSWORD),
    ),
    "password with its back arrow": (
        {"page_id": "ConvergedSignIn", "password": True, "primary": True, "back": True},
        Screen(ScreenName.PASSWORD),
    ),
    "password with its back arrow, after a page of the other kind": (
        {"page_id": "KmsiInterrupt", "kmsi": True, "password": True, "primary": True, "back": True},
        Screen(ScreenName.PASSWORD),
    ),
    "password with an error on an empty field": (
        {"page_id": "ConvergedSignIn", "password": True, "password_error": True},
        Screen(ScreenName.PASSWORD),
    ),
    "accounts": ({"page_id": "ConvergedSignIn", "tiles": ("ana@contoso.com",)}, Screen(ScreenName.PICKER)),
    "only another account": ({"page_id": "ConvergedSignIn", "other_tile": True}, Screen(ScreenName.PICKER)),
    "accounts with the e-mail field": ({"tiles": ("ana@contoso.com",), "email": True}, Screen(ScreenName.PICKER)),
    "work or personal": ({"page_id": "ConvergedSignIn", "work_tile": True}, Screen(ScreenName.WORK_OR_PERSONAL)),
    "stay signed in": (
        {"page_id": "KmsiInterrupt", "kmsi": True, "primary": True, "back": True},
        Screen(ScreenName.KMSI),
    ),
    "stay signed in, by its page alone": (
        {"page_id": "KmsiInterrupt", "primary": True, "back": True},
        Screen(ScreenName.KMSI),
    ),
    "stay signed in, by its checkbox alone": ({"kmsi": True, "primary": True, "back": True}, Screen(ScreenName.KMSI)),
    "stay signed in, with its code": (
        {"page_id": "KmsiInterrupt", "error": "50140", "kmsi": True, "primary": True, "back": True},
        Screen(ScreenName.KMSI),
    ),
    "stay signed in, not drawn yet": ({"page_id": "KmsiInterrupt"}, Screen(ScreenName.WAIT)),
    "a back arrow alone": ({"page_id": "ConvergedSignIn", "back": True, "primary": True}, Screen(ScreenName.WAIT)),
    "confirm the app": (
        {"page_id": "CmsiInterrupt", "error": "50199", "app_confirm": True, "primary": True},
        Screen(ScreenName.APP_CONFIRM),
    ),
    "confirm the app, not drawn yet": ({"page_id": "CmsiInterrupt", "error": "50199"}, Screen(ScreenName.WAIT)),
    "second factor, not drawn yet": ({"page_id": "ConvergedTFA", "error": "50076"}, Screen(ScreenName.WAIT)),
    "code": ({"page_id": "ConvergedTFA", "code": True, "proofs": ("PhoneAppOTP",)}, Screen(ScreenName.CODE)),
    "number": ({"page_id": "ConvergedTFA", "push": True, "number": "42"}, Screen(ScreenName.NUMBER)),
    "push": ({"page_id": "ConvergedTFA", "push": True}, Screen(ScreenName.PUSH)),
    "push with send again": ({"page_id": "ConvergedTFA", "push": True, "another_way": True}, Screen(ScreenName.PUSH)),
    "passwordless": (
        {"page_id": "ConvergedSignIn", "passwordless": True, "number": "42"},
        Screen(ScreenName.PASSWORDLESS),
    ),
    "passwordless, left for the password": (
        {"page_id": "ConvergedSignIn", "passwordless": True, "password": True},
        Screen(ScreenName.PASSWORD),
    ),
    "ways to confirm": ({"page_id": "ConvergedTFA", "methods": ("PhoneAppOTP", "")}, Screen(ScreenName.METHODS)),
    "phone number to complete": (
        {"page_id": "ConvergedTFA", "confirm_proof": True, "methods": ("OneWaySMS",)},
        stop(Reason.MFA_NEEDED),
    ),
    "access pass": (
        {"page_id": "ConvergedSignIn", "access_pass": True, "primary": True},
        Screen(ScreenName.ACCESS_PASS),
    ),
    "credentials": ({"page_id": "ConvergedSignIn", "credentials": ("7", "1")}, Screen(ScreenName.CREDENTIAL_LIST)),
    "passkey": (
        {"url": "https://login.microsoft.com/contoso.com/fido/get", "another_way": True},
        Screen(ScreenName.PASSKEY),
    ),
    "denied": ({"page_id": "ConvergedTFA", "push": True, "denied": True}, stop(Reason.MFA_DENIED)),
    "too late": ({"page_id": "ConvergedTFA", "push": True, "timed_out": True}, stop(Reason.MFA_TIMEOUT)),
    "single sign-on to confirm": ({"sso_consent": True}, Screen(ScreenName.SSO_CONSENT)),
    "terms of use": (
        {"url": "https://account.activedirectory.windowsazure.com/TermsOfUse"},
        Screen(ScreenName.STOP, Reason.CONSENT_NEEDED, about="terms"),
    ),
    "registration wizard": (
        {"url": "https://mysignins.microsoft.com/register?csrf_token=x", "me_control": True},
        stop(Reason.REGISTRATION_NEEDED),
    ),
    "a frame that was refused": (
        {"page_id": "ConvergedSignIn", "email": True, "frames": 1, "refused_frame": True},
        stop(Reason.UNEXPECTED_HOST),
    ),
    "frames, none of them refused": (
        {"page_id": "ConvergedSignIn", "email": True, "frames": 2},
        Screen(ScreenName.EMAIL),
    ),
    "no account to choose, or not drawn yet": (
        {"page_id": "ConvergedSignIn", "error": "16000"},
        Screen(ScreenName.WAIT),
    ),
    "AD FS": (
        {"url": "https://sts.contoso.com/adfs/ls/", "federated_name": True, "federated_password": True},
        Screen(ScreenName.FEDERATED),
    ),
    "AD FS, password second": (
        {"url": "https://sts.contoso.com/adfs/ls/", "federated_password": True},
        Screen(ScreenName.FEDERATED),
    ),
    "the company's own second factor": (
        {"url": "https://sts.contoso.com/adfs/ls/", "federated_code": True},
        stop(Reason.MFA_NEEDED),
    ),
    "AD FS's trust form": ({"url": "https://sts.contoso.com/adfs/ls/"}, Screen(ScreenName.WAIT)),
    "AD FS's fields on the cloud's own host": ({"federated_password": True}, Screen(ScreenName.WAIT)),
    "registration": (
        {"page_id": "ConvergedProofUpRedirect", "proof_up": True},
        stop(Reason.REGISTRATION_NEEDED),
    ),
    "registration that may be asked for later": (
        {"page_id": "ConvergedActionRequired", "ask_later": True, "primary": True},
        Screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    "registration with another way to skip it": (
        {"page_id": "ConvergedProofUpRedirect", "proof_up": True, "registering": True, "skip": "words"},
        Screen(ScreenName.CAMPAIGN),
    ),
    "an unknown page that can be skipped": (
        {"page_id": "ConvergedUserConfirmation", "skip": "name", "primary": True},
        Screen(ScreenName.CAMPAIGN),
    ),
    "an unknown page that can be skipped, or be given something": (
        {"page_id": "ConvergedUserConfirmation", "skip": "name", "fields": True},
        Screen(ScreenName.UNKNOWN),
    ),
    "a known page that has a button to skip": (
        {"page_id": "ConvergedTFA", "skip": "words", "push": True},
        Screen(ScreenName.PUSH),
    ),
    "registration wizard that can be skipped": (
        {"url": "https://mysignins.microsoft.com/register?csrf_token=x", "skip": "structure", "fields": True},
        Screen(ScreenName.CAMPAIGN),
    ),
    "registration wizard, not drawn yet": (
        {"url": "https://mysignins.microsoft.com/registerMfaMethods"},
        Screen(ScreenName.WAIT),
    ),
    "registration that may wait": (
        {"page_id": "ConvergedProofUpRedirect", "proof_up": True, "skip_proof_up": True},
        Screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    "stay signed in, its checkbox hidden by branding": (
        {"kmsi_box": True, "primary": True, "back": True},
        Screen(ScreenName.KMSI),
    ),
    "a checkbox of another view": (
        {"page_id": "ConvergedTFA", "kmsi_box": True, "primary": True, "back": True},
        Screen(ScreenName.WAIT),
    ),
    "registration that may wait, with its code": (
        {"page_id": "ConvergedProofUpRedirect", "error": "50072", "proof_up": True, "skip_proof_up": True},
        Screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    "new password by its page": ({"page_id": "ConvergedChangePassword"}, stop(Reason.PASSWORD_EXPIRED)),
    "new password by its fields": ({"change_password": True, "password": True}, stop(Reason.PASSWORD_EXPIRED)),
    "consent": ({"page_id": "ConvergedConsent", "primary": True}, stop(Reason.CONSENT_NEEDED)),
    "consent by its scopes": ({"consent": True, "primary": True}, stop(Reason.CONSENT_NEEDED)),
    "policy": ({"page_id": "ConvergedConditionalAccess"}, stop(Reason.BLOCKED_BY_POLICY)),
    "policy with its code": (
        {"page_id": "ConvergedConditionalAccess", "error": "53003"},
        stop(Reason.BLOCKED_BY_POLICY, "AADSTS53003"),
    ),
    "error": ({"page_id": "ConvergedError"}, stop(Reason.SIGN_IN_ERROR)),
    "error with an exception": (
        {"page_id": "ConvergedError", "exception": "AADSTS900561"},
        stop(Reason.SIGN_IN_ERROR, "AADSTS900561"),
    ),
    "exception that has a meaning": (
        {"page_id": "ConvergedError", "exception": "AADSTS53003"},
        stop(Reason.BLOCKED_BY_POLICY, "AADSTS53003"),
    ),
    "exception over a field": ({"exception": "AADSTS50011", "email": True}, stop(Reason.SIGN_IN_ERROR, "AADSTS50011")),
    "busy over a field": ({"page_id": "ConvergedSignIn", "busy": True, "password": True}, Screen(ScreenName.WAIT)),
    "busy over a page that ends it": ({"denied": True, "busy": True}, stop(Reason.MFA_DENIED)),
    "busy over a page that goes on": ({"page_id": "ConvergedTFA", "push": True, "busy": True}, Screen(ScreenName.WAIT)),
    "not drawn yet": ({"page_id": "ConvergedSignIn"}, Screen(ScreenName.WAIT)),
    "nothing at all": ({}, Screen(ScreenName.WAIT)),
    "an unknown page": ({"page_id": "ConvergedUserConfirmation"}, Screen(ScreenName.UNKNOWN)),
    "an unknown page with its code": (
        {"page_id": "ConvergedUserConfirmation", "error": "399218"},
        Screen(ScreenName.UNKNOWN, code="AADSTS399218"),
    ),
    "an unknown page that asks for the password": (
        {"page_id": "ConvergedUserConfirmation", "password": True, "primary": True},
        Screen(ScreenName.UNKNOWN),
    ),
    "an unknown page with a list": (
        {"page_id": "ConvergedUserConfirmation", "methods": ("PhoneAppOTP",)},
        Screen(ScreenName.UNKNOWN),
    ),
    "a passkey's page with an unknown PageID": (
        {"url": "https://login.microsoft.com/contoso.com/fido/get", "page_id": "ConvergedFido"},
        Screen(ScreenName.PASSKEY),
    ),
    "a company's own provider with an unknown PageID": (
        {"url": "https://sts.contoso.com/adfs/ls/", "page_id": "x", "federated_name": True},
        Screen(ScreenName.FEDERATED),
    ),
}
"""What a sign-in page shows, and the screen as which it is recognized."""


@pytest.mark.parametrize("name", SCREENS)
def test_each_screen_is_recognized(name):
    """Each sign-in page is recognized as its screen."""
    shown, expected = SCREENS[name]
    assert expected == screen(**shown)


def test_every_screen_is_in_the_table():
    """Every sign-in screen has a row in the table above; the other screens are recognized outside sign-in."""
    outside = {ScreenName.HOME, ScreenName.SIGNED_OUT, ScreenName.PASSING}
    assert set(ScreenName) - outside == {expected.name for _, expected in SCREENS.values()}


def test_a_registration_page_is_not_judged_before_it_is_drawn():
    """A registration page is waited for, because the link that skips it is rendered after the page's ID."""
    assert Screen(ScreenName.WAIT) == screen(page_id="ConvergedProofUpRedirect")


ENDS = {
    code: reason
    for reason, codes in {
        Reason.WRONG_PASSWORD: ("50126", "50064"),
        Reason.UNKNOWN_USER: ("50034", "51004", "50020", "90072"),
        Reason.ACCOUNT_LOCKED: ("50053", "500532"),
        Reason.ACCOUNT_DISABLED: ("50057",),
        Reason.NOT_ASSIGNED: ("50105",),
        Reason.PASSWORD_EXPIRED: ("50055", "50144", "50135"),
        Reason.BLOCKED_BY_POLICY: (
            *("53000", "53001", "53002", "53003", "53004", "53009", "53011", "530001", "530002", "530003"),
            *("50005", "50097", "50129", "50131", "50155", "50187"),
        ),
        Reason.CONSENT_NEEDED: ("65001", "65004", "90094", "90095"),
        Reason.MFA_DENIED: ("500121",),
        Reason.SIGN_IN_ERROR: ("50056", "50089", "50196", "90100", "500011", "700016"),
    }.items()
    for code in codes
}
"""Codes that end a sign-in, whatever the page shows."""

GOES_ON = ["", "0", "50058", "50140", "50074", "50076", "50158", "50199", "50125", "50079", "50072"]
"""Codes with which a sign-in continues."""


@pytest.mark.parametrize("code", ENDS)
@pytest.mark.parametrize("shown", [{"password": True}, {"email": True}, {"tiles": ("a@b.c",)}, {"busy": True}, {}])
def test_an_error_is_read_before_any_field(code, shown):
    """A code that ends sign-in is read before any field, because another attempt could lock the account."""
    assert stop(ENDS[code], f"AADSTS{code}") == screen(page_id="ConvergedSignIn", error=code, primary=True, **shown)


@pytest.mark.parametrize("code", GOES_ON)
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({"page_id": "ConvergedSignIn", "email": True}, ScreenName.EMAIL),
        ({"page_id": "ConvergedSignIn", "password": True}, ScreenName.PASSWORD),
        ({"page_id": "KmsiInterrupt", "kmsi": True, "back": True}, ScreenName.KMSI),
    ],
)
def test_a_harmless_code_changes_nothing(code, shown, expected):
    """A code that only describes the progress does not change which screen is recognized."""
    assert Screen(expected) == screen(error=code, **shown)


@pytest.mark.parametrize("code", ["16000", "16001", "16002", "16003", "160021"])
def test_an_account_that_cannot_be_chosen_is_picked(code):
    """A code that asks for a choice of account leads to the account picker."""
    assert Screen(ScreenName.PICKER) == screen(page_id="ConvergedSignIn", error=code, tiles=("ana@contoso.com",))


@pytest.mark.parametrize("code", ["50125", "50079", "50072"])
def test_a_registration_code_ends_where_there_is_no_way_past(code):
    """The registration page without a skip link stops the run, with or without its code."""
    found = screen(page_id="ConvergedProofUpRedirect", error=code, proof_up=True)
    assert (ScreenName.STOP, Reason.REGISTRATION_NEEDED) == (found.name, found.reason)


@pytest.mark.parametrize("shown", [{"email": True}, {"password": True}])
def test_sign_in_behind_session_control_is_not_waited_for(shown):
    """Where it may be visited, a page that asks for a name or password stops; elsewhere, paths of sign-in pass on."""
    found = screen("https://login.microsoftonline.com.mcas.ms/common/oauth2/v2.0/authorize", **shown)
    assert (ScreenName.STOP, Reason.SESSION_CONTROL) == (found.name, found.reason)
    intranet = screen("https://intranet.contoso.com/oauth2/authorize", **shown)
    assert (ScreenName.PASSING, None) == (intranet.name, intranet.reason)


def test_the_codes_are_these():
    """The code table contains exactly the codes that are tested here."""
    picked = {"16000", "16001", "16002", "16003", "160021"}
    assert set(CODES) == {*ENDS, *picked, "50125", "50079", "50072"}


@pytest.mark.parametrize(
    ("url", "shown", "expected"),
    [
        (HOME, {"me_control": True}, ScreenName.HOME),
        ("https://m365.cloud.microsoft/", {"me_control": True, "sign_in_link": True}, ScreenName.HOME),
        (HOME, {"sign_in_link": True}, ScreenName.SIGNED_OUT),
        (HOME, {}, ScreenName.WAIT),
        (HOME, {"page_id": "ConvergedSignIn", "email": True, "password": True}, ScreenName.WAIT),
        (HOME, {"page_id": "KmsiInterrupt", "kmsi": True, "back": True}, ScreenName.WAIT),
        ("https://www.office.com/landingv2", {}, ScreenName.PASSING),
        ("https://www.office.com/LandingV2?x=1", {"me_control": True}, ScreenName.PASSING),
        ("https://contoso.sharepoint.com/_forms/default.aspx", {}, ScreenName.PASSING),
        ("https://m365.cloud.microsoft/signin-oidc", {"email": True}, ScreenName.PASSING),
        ("https://contoso.sharepoint.com/sites/landscape", {"me_control": True}, ScreenName.HOME),
        ("https://contoso.sharepoint.com/sites/hr/landing", {"me_control": True}, ScreenName.HOME),
        ("https://contoso.sharepoint.com/SitePages/Landing.aspx", {"me_control": True}, ScreenName.HOME),
        ("https://www.office.com/?from=/landing", {"me_control": True}, ScreenName.HOME),
        ("http://login.microsoftonline.com/", {"email": True, "password": True}, ScreenName.WAIT),
        ("https://m365.cloud.microsoft.mcas.ms/", {"me_control": True}, ScreenName.HOME),
        ("https://login.microsoftonline.com.mcas.ms/", {}, ScreenName.WAIT),
        ("about:blank", {"email": True}, ScreenName.WAIT),
        ("", {"password": True}, ScreenName.WAIT),
    ],
)
def test_a_page_outside_sign_in(url, shown, expected):
    """Outside sign-in, only the account button, the sign-in link and the URL count."""
    assert Screen(expected) == screen(url, **shown)


@pytest.mark.parametrize(
    "path", ["/landing", "/authorize", "/kmsi", "/reprocess", "/resume", "/signin-oidc", "/_forms/", "/oauth2/"]
)
def test_pages_that_lead_on_are_left_alone(path):
    """Outside sign-in, pages that redirect by themselves are left alone."""
    assert Screen(ScreenName.PASSING) == screen(f"https://www.office.com{path}", me_control=True)


def test_a_path_of_sign_in_itself_does_not_pass():
    """On a sign-in host a page is recognized by what it shows, not by its path."""
    assert Screen(ScreenName.KMSI) == screen("https://login.microsoftonline.com/kmsi", kmsi=True, back=True)


def test_only_a_named_provider_is_typed_into():
    """An e-mail page is recognized on a listed provider, but not on any other host."""
    probe = Probe(url="https://sts.contoso.com/adfs/ls", email=True)
    assert Screen(ScreenName.EMAIL) == classify(probe, host_policy("worldwide", (HOME,), (), ["sts.contoso.com"]))
    assert Screen(ScreenName.WAIT) == classify(probe, host_policy("worldwide", (HOME,)))


PAGE_IDS = ["", "ConvergedSignIn", "ConvergedTFA", "KmsiInterrupt", "CmsiInterrupt", "ConvergedProofUpRedirect", "x"]
FLAGS = [name for name, field in Probe.model_fields.items() if field.annotation is bool]
PROBES = st.fixed_dictionaries(
    {
        "page_id": st.sampled_from(PAGE_IDS),
        "error": st.sampled_from([*GOES_ON, *ENDS, "16000", "99999"]),
        "exception": st.sampled_from(["", "", "", "AADSTS50126"]),
        "email_error": st.sampled_from(["", "", "x"]),
        "tiles": st.sampled_from([(), (), ("ana@contoso.com",)]),
        **{name: st.booleans() for name in FLAGS},
    }
)
ELSEWHERE = st.sampled_from(
    [HOME, "https://login.microsoftonline.com.evil.example/", "http://login.microsoftonline.com/", "about:blank", ""]
) | st.from_regex(r"https://[a-z.@-]{1,20}\.example(/[a-z/]{0,12})?", fullmatch=True)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(ELSEWHERE, PROBES)
def test_nothing_is_typed_on_another_host(url, shown):
    """No page on a host that is not allowed is a screen on which something is typed or accepted."""
    acted_on = {
        ScreenName.EMAIL,
        ScreenName.PASSWORD,
        ScreenName.PICKER,
        ScreenName.KMSI,
        ScreenName.APP_CONFIRM,
        ScreenName.PROOF_UP_SKIPPABLE,
    }
    assert screen(url, **shown).name not in acted_on | {ScreenName.WORK_OR_PERSONAL}


@settings(deadline=None, derandomize=True, max_examples=200)
@given(PROBES)
def test_a_password_is_typed_only_into_a_visible_field_without_an_error(shown):
    """A password screen shows its field, is not busy, and has no code that ends the sign-in."""
    if screen(**shown).name is ScreenName.PASSWORD:
        assert (True, False, "") == (shown["password"], shown["busy"], shown["exception"])
        assert shown["error"] not in ENDS
        assert (False, False) == (shown["code"], shown["push"])


@settings(deadline=None, derandomize=True, max_examples=200)
@given(PROBES)
def test_no_is_answered_on_its_own_page_only(shown):
    """The back button means No only on the page that asks to stay signed in, and never next to a password field."""
    if screen(**shown).name is ScreenName.KMSI:
        assert shown["page_id"] == "KmsiInterrupt" or shown["kmsi"]
        assert (True, False) == (shown["back"], shown["password"])


@settings(deadline=None, derandomize=True, max_examples=200)
@given(PROBES)
def test_a_stop_has_its_reason_and_its_message(shown):
    """Among sign-in screens, only a stop has a reason, and the reason has a message."""
    found = screen(**shown)
    assert (found.name is ScreenName.STOP) == (found.reason is not None)
    if found.reason:
        assert found.reason in STOPPED_REASONS
        assert found.reason is stopped(found.reason).reason


@pytest.mark.parametrize("reason", sorted({*CODES.values(), Reason.UNKNOWN_SIGN_IN_SCREEN, Reason.CONSENT_NEEDED}))
def test_each_stop_says_what_happened_and_what_to_do(reason):
    """A stop says what happened, what to do, and the service's own code."""
    error = stopped(reason, "AADSTS1")
    assert (reason, "AADSTS1") == (error.reason, error.code)
    assert error.what.text.endswith(".")
    assert error.help.text.endswith(".")
    assert error.what.text == str(error)


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        ("16000", Reason.WRONG_ACCOUNT, "AADSTS16000"),
        ("50072", Reason.REGISTRATION_NEEDED, "AADSTS50072"),
        ("50058", Reason.UNKNOWN_SIGN_IN_SCREEN, None),
        ("399218", Reason.UNKNOWN_SIGN_IN_SCREEN, "AADSTS399218"),
        ("", Reason.UNKNOWN_SIGN_IN_SCREEN, None),
    ],
)
def test_a_page_that_never_shows_anything_ends_by_its_code(code, reason, said):
    """A page that never shows anything ends the run with the reason for its code, once it had time to render."""
    assert (reason, said) == final_reason(Probe(url=LOGIN, error=code))


@pytest.mark.parametrize("status", [404, 429, 500, 503])
def test_a_page_with_an_error_status_is_no_unknown_screen(status):
    """The service did not answer with a sign-in page: another try may succeed, unless the page has a code."""
    assert (Reason.SIGN_IN_ERROR, None) == final_reason(Probe(url=LOGIN, status=status))
    assert (Reason.WRONG_ACCOUNT, "AADSTS16000") == final_reason(Probe(url=LOGIN, error="16000", status=status))


def test_a_page_that_could_not_be_loaded_is_a_stop_of_its_own():
    """The browser's own error page stops the run, because the host is unreachable."""
    assert Screen(ScreenName.STOP, Reason.HOST_UNREACHABLE) == screen("chrome-error://chromewebdata/")

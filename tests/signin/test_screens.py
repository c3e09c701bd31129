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

from .screen_cases import ENDS, GOES_ON, HOME, LOGIN, SCREENS, screen, stop


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
        ("https://m365.cloud.microsoft/", {"me_control": True, "sign_in_link": True}, ScreenName.SIGNED_OUT),
        ("https://contoso.sharepoint.com/", {"me_control": True, "sign_in_link": True}, ScreenName.HOME),
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

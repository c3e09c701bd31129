"""Every sign-in screen is served in four languages with its page ID, `$Config`, element IDs and known texts."""

import re
from urllib.parse import urlsplit

import pytest

from troubleshooter.sandbox.sign_in_texts import LOCALES, texts

LANGUAGES = ["en", "ro", "de", "ja"]

SCREENS = {
    "healthy": ("KmsiInterrupt", 50140, ["KmsiCheckboxField", "KmsiDescription", "idSIButton9", "idBtn_Back"]),
    "mfa-number": ("ConvergedTFA", 50074, ["idDiv_SAOTCAS_Title", "idRichContext_DisplaySign"]),
    "mfa-totp": ("ConvergedTFA", 50074, ["idDiv_SAOTCC_Title", "idTxtBx_SAOTCC_OTC", "idSubmit_SAOTCC_Continue"]),
    "mfa-denied": ("ConvergedTFA", 50074, ["idDiv_SAASDS_Title", "idDiv_SAASDS_Description", "idA_SAASDS_Resend"]),
    "mfa-timeout": ("ConvergedTFA", 50074, ["idDiv_SAASTO_Title", "idDiv_SAASTO_Description", "idA_SAASTO_Resend"]),
    "mfa-methods": ("ConvergedTFA", 50074, ["idDiv_SAOTCS_Title", "idDiv_SAOTCS_Proofs", "signInAnotherWay"]),
    "proofup-required": ("ConvergedProofUpRedirect", 0, ["idSubmit_ProofUp_Redirect", "ProofUpDescription"]),
    "password-expired": ("ConvergedChangePassword", 50055, ["currentPassword", "newPassword", "confirmNewPassword"]),
    "locked": ("ConvergedSignIn", 50053, ["i0118", "passwordError", "idA_PWD_ForgotPassword"]),
    "wrong-password": ("ConvergedSignIn", 50126, ["i0118", "passwordError", "displayName"]),
    "blocked-by-policy": ("ConvergedConditionalAccess", 53003, []),
    "consent": ("ConvergedConsent", 0, ["idSIButton9"]),
    "app-confirm": ("CmsiInterrupt", 50199, ["appConfirmTitle", "idSIButton9"]),
    "sign-in-error": ("ConvergedError", 500011, ["exceptionMessageContainer"]),
    "unknown-screen": ("ConvergedUserConfirmation", 399218, ["idSIButton9"]),
}  # fmt: skip


def ids(page):
    return re.findall(r'id="([^"]+)"', page.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_after_the_password_identifies_itself_in_every_language(tenant, stranger, language):
    """Ids, page id and code are the same in all languages; only the texts differ."""
    stranger.language_headers = {"Accept-Language": f"{LOCALES[language][0]},{language};q=0.9"}
    for fault, (page_id, code, parts) in SCREENS.items():
        tenant.set_fault(fault)
        page = stranger.identify()
        assert (page_id, code) == (page.config["pgid"], page.config["iErrorCode"]), fault
        assert f'<meta name="PageID" content="{page_id}">' in page.text
        assert set(parts) <= set(ids(page)), fault
        assert f'lang="{LOCALES[language][0]}"' in page.text
        assert f'<meta name="LocLC" content="{LOCALES[language][0]}">' in page.text
        if page_id != "ConvergedError":
            assert page.config["locale"] == {"mkt": LOCALES[language][0], "lcid": LOCALES[language][1]}
            assert page.headers["x-frame-options"] == "DENY"
            assert 'style="display: none"' in page.text
        assert len(tenant.journal.credentials) == 1
        tenant.journal.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_has_every_view_and_shows_none_before_its_script(stranger, language):
    """The document has the views of email, picker, work or personal, password, access pass and phone."""
    page = stranger.visit("https://www.office.com/?auth=2", headers={"Accept-Language": language})
    assert {
        "i0116", "i0118", "tilesHolder", "otherTile", "otherTileText", "aadTile", "msaTile", "aadTileTitle",
        "msaTileTitle", "idDiv_RemoteNGC_PollingDescription", "idDiv_RemoteNGC_PageDescription",
        "idRemoteNGC_DisplaySign", "idA_PWD_SwitchToPassword", "cantAccessAccount", "signup", "loginHeader",
    } <= set(ids(page))  # fmt: skip
    assert 'name="accesspass"' in page.text
    assert page.config["sErrorCode"] == "50058"
    assert page.config["fAccessPassSupported"] is True
    assert texts(language)["enter_password"] in page.text


def test_texts_that_are_known_are_used_and_all_languages_have_all_texts():
    """The German, Japanese and Romanian texts that are known are used, and no language lacks a text."""
    english = texts("en")
    for language in LANGUAGES:
        translated = texts(language)
        assert english.keys() == translated.keys()
        assert all(translated.values())
    de, ja, ro = texts("de"), texts("ja"), texts("ro")
    assert ("Anmelden", "Weiter", "Kennwort eingeben", "Anmelden", "Kennwort vergessen") == tuple(
        de[name] for name in ("title", "next", "enter_password", "sign_in", "forgot_password")
    )
    assert ("サインインの状態を維持しますか?", "はい", "いいえ", "次へ", "セットアップをスキップします") == tuple(
        ja[name] for name in ("stay_signed_in", "yes", "no", "next", "skip_setup")
    )
    assert ("Alegeți un cont", "Selectați un alt cont") == (ro["pick_account"], ro["other_account"])


def test_a_language_that_the_sandbox_lacks_is_english(stranger):
    """A browser that prefers French, or no language, gets English."""
    for language_headers in ({"Accept-Language": "fr-FR,fr"}, {}):
        assert 'lang="en-US"' in stranger.visit("https://www.office.com/?auth=2", headers=language_headers).text


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("healthy", {"PrefCredential": 1, "HasPassword": True, "HasAccessPass": False, "FidoParams": None}),
        ("access-pass", {"HasAccessPass": True}),
        ("passkey", {"FidoParams": {}}),
        ("passwordless", {"RemoteNgcParams": {}}),
        ("adfs", {"PrefCredential": 4, "HasPassword": False}),
    ],
)
def test_the_service_says_how_a_user_signs_in(tenant, stranger, fault, said):
    """GetCredentialType reports how the user signs in."""
    tenant.set_fault(fault)
    page = stranger.visit("https://www.office.com/?auth=2")
    answer = stranger.script(page, page.config["urlGetCredentialType"], username=tenant.subject)
    assert said.items() <= answer["Credentials"].items()
    assert ("FederationRedirectUrl" in answer["Credentials"]) == (fault == "adfs")
    assert (answer["IfExistsResult"], answer["ThrottleStatus"]) == (0, 0)


def test_registration_can_wait_only_while_days_remain(tenant, stranger):
    """The link that skips registration is on the page, and works, only while days remain."""
    tenant.set_fault("proofup-skippable")
    page = stranger.identify()
    assert page.config["iRemainingDaysToSkipMfaRegistration"] == 14
    assert "skipMfaRegistrationLink" in ids(page)
    skip = "https://login.microsoftonline.com" + page.config["urlSkipMfaRegistration"]
    assert stranger.ask(skip).config["pgid"] == "KmsiInterrupt"
    tenant.set_fault("proofup-required")
    page = stranger.identify()
    assert page.config["iRemainingDaysToSkipMfaRegistration"] == 0
    assert "skipMfaRegistrationLink" not in ids(page)
    assert stranger.ask(skip).config["pgid"] == "ConvergedError"
    register = stranger.submit(page)
    assert urlsplit(register.url).hostname == "mysignins.microsoft.com"
    assert 'data-testid="reskin-step-title"' in register.text
    assert 'class="ms-Link"' in register.text


@pytest.mark.parametrize(
    ("fault", "answers", "end"),
    [
        ("healthy", [{"LoginOptions": "3"}], "landingv2"),
        ("no-kmsi", [], "landingv2"),
        ("consent", [{"chosen": "yes"}, {"LoginOptions": "3"}], "landingv2"),
        ("consent", [{"chosen": "no"}], "AADSTS65004"),
        ("app-confirm", [{"chosen": "yes"}, {"LoginOptions": "3"}], "landingv2"),
    ],
)
def test_yes_continues_and_no_does_not(tenant, stranger, fault, answers, end):
    """Yes leads through the planned screens to the home page, and no ends the sign-in."""
    tenant.set_fault(fault)
    page = stranger.identify()
    for said in answers:
        page = stranger.submit(page, **said)
    assert end in page.text


def test_terms_of_use_are_on_another_host_and_lead_back(tenant, stranger):
    """The terms of use are on another host, to which a form posts itself; accepting them posts back."""
    tenant.set_fault("terms-of-use")
    page = stranger.identify()
    assert 'action="https://account.activedirectory.windowsazure.com/TermsOfUse"' in page.text
    terms = stranger.ask("https://account.activedirectory.windowsazure.com/TermsOfUse", data={"ctx": page.field("ctx")})
    back = re.search(r'action="([^"]+)"', terms.text)[1]
    assert stranger.ask(back, data={"ctx": terms.field("ctx"), "chosen": "yes"}).config["pgid"] == "KmsiInterrupt"


def test_a_form_of_a_page_that_is_no_longer_shown_is_refused(tenant, stranger):
    """A form that was already submitted, or that skips a required code, is refused."""
    first = stranger.visit("https://www.office.com/?auth=2")
    stranger.submit(first, login=tenant.subject, passwd=tenant.password)
    again = stranger.submit(first, login=tenant.subject, passwd=tenant.password)
    assert "AADSTS90100" in again.text
    tenant.set_fault("mfa-totp")
    page = stranger.identify()
    assert "AADSTS90100" in stranger.submit(page).text


def test_an_access_pass_replaces_the_password(tenant, stranger):
    """The access pass is accepted in place of the password, and the password is refused."""
    tenant.set_fault("access-pass")
    first = stranger.visit("https://www.office.com/?auth=2")
    refused = stranger.submit(first, login=tenant.subject, passwd=tenant.password)
    assert refused.config["iErrorCode"] == 50126
    page = stranger.submit(refused, login=tenant.subject, accesspass=tenant.state.access_pass)
    assert page.config["pgid"] == "KmsiInterrupt"
    assert [(c.kind, c.right) for c in tenant.journal.credentials][-1] == ("access-pass", True)


def test_a_passkey_is_asked_for_on_its_own_host_which_offers_another_way(tenant, stranger):
    """The passkey's host offers another way, which leads to the same user's password."""
    tenant.set_fault("passkey")
    first = stranger.visit("https://www.office.com/?auth=2")
    where = f"https://login.microsoft.com/common/fido/get?ctx={first.config['sCtx']}&username={tenant.subject}"
    aside = re.search(r'id="signInAnotherWay" href="([^"]+)"', stranger.ask(where).text)[1].replace("&amp;", "&")
    page = stranger.ask(aside)
    assert page.config["pgid"] == "ConvergedSignIn"
    assert f'title="{tenant.subject}"' in page.text
    assert stranger.submit(page, login=tenant.subject, passwd=tenant.password).config["pgid"] == "KmsiInterrupt"

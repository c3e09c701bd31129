"""Codes and phone requests work over HTTPS as the page's script sends them."""

from dataclasses import replace

import pyotp
import pytest

AUTH = "/common/SAS/Auth"


@pytest.fixture
def asked(tenant, stranger):
    """Return a function that opens the second-factor page under a fault, with changes to its plan."""

    def asked(fault, **other):
        tenant.set_fault(fault)
        tenant.state.flags.sign_in = replace(tenant.state.flags.sign_in, **other)
        return stranger.identify()

    return asked


def settled(stranger, page, method="PhoneAppNotification"):
    """Poll until the phone request has ended, and return every response."""
    answers = [stranger.script(page, AUTH, AuthMethodId=method, Method="BeginAuth")]
    for _ in range(2000):
        answers.append(stranger.script(page, AUTH, AuthMethodId=method, Method="EndAuth"))
        if answers[-1]["ResultValue"] != "AuthenticationPending":
            return answers
    raise AssertionError("no end")


def test_each_code_is_taken_once(tenant, stranger, asked):
    """A wrong code is rejected, the right one is accepted, and the same code is rejected the second time."""
    page = asked("mfa-totp")
    (proof,) = page.config["arrUserProofs"]
    assert (proof["authMethodId"], proof["isDefault"]) == ("PhoneAppOTP", True)
    good = pyotp.TOTP(tenant.totp_seed).now()
    wrong = f"{(int(good) + 1) % 10**6:06}"

    def say(code):
        return stranger.script(page, AUTH, AuthMethodId="PhoneAppOTP", Method="EndAuth", AdditionalAuthData=code)

    assert [say(code)["ResultValue"] for code in (wrong, good, good)] == [
        "OtpWrong", "Success", "PhoneAppOtpAuthFailedDuplicateCodeEntered",
    ]  # fmt: skip
    codes = [c for c in tenant.journal.credentials if c.kind == "code"]
    assert [(c.host, c.path, c.right) for c in codes] == [
        ("login.microsoftonline.com", AUTH, right) for right in (False, True, False)
    ]


def test_only_the_right_code_leads_on(tenant, stranger, asked):
    """The right code leads to "Stay signed in?", and then home."""
    page = asked("mfa-totp")
    code = pyotp.TOTP(tenant.totp_seed).now()
    stranger.script(page, AUTH, AuthMethodId="PhoneAppOTP", Method="EndAuth", AdditionalAuthData=code)
    page = stranger.submit(page)
    assert page.config["pgid"] == "KmsiInterrupt"
    assert "landingv2" in stranger.submit(page, LoginOptions="3").text


def test_a_number_is_shown_until_the_person_approves(tenant, stranger, asked):
    """The number has two digits and stays the same until the approval; then the page may continue."""
    page = asked("mfa-number", answers_after=0.2)
    assert (page.config["iPollingTimeout"], page.config["iMaxPollAttempts"]) == (120000, 10)
    begun, *pending, end = settled(stranger, page)
    assert len(begun["Number"]) == 2
    assert {answer["Number"] for answer in pending} == {begun["Number"]}
    assert end["Success"]
    assert stranger.submit(page).config["pgid"] == "KmsiInterrupt"


def test_a_number_can_change_once(tenant, stranger, asked):
    """The number changes once during the wait."""
    begun, *pending, end = settled(stranger, asked("mfa-number-changes", answers_after=0.4))
    numbers = list(dict.fromkeys([begun["Number"], *(answer["Number"] for answer in pending)]))
    assert len(numbers) == 2
    assert end["Success"]


def test_a_push_can_have_no_number(stranger, asked):
    """A push request without number matching shows no number."""
    assert {answer["Number"] for answer in settled(stranger, asked("mfa-push", answers_after=0.1))} == {""}


@pytest.mark.parametrize(("fault", "result"), [("mfa-denied", "PhoneAppDenied"), ("mfa-timeout", "PhoneAppNoResponse")])
def test_a_request_that_is_denied_or_not_answered_leads_nowhere(stranger, asked, fault, result):
    """A denied or unanswered request gives the service's own result, can be repeated, and lets no page continue."""
    page = asked(fault, answers_after=0.1)
    assert settled(stranger, page)[-1]["ResultValue"] == result
    assert settled(stranger, page)[-1]["ResultValue"] == result
    assert "AADSTS90100" in stranger.submit(page).text


def test_the_time_out_is_in_the_page(asked):
    """The page's `$Config` contains the shortened timeout."""
    assert asked("mfa-timeout").config["iPollingTimeout"] == 3000


def test_a_text_message_needs_to_be_sent_first(tenant, stranger, asked):
    """A text message's code is valid only after the message was requested."""
    page = asked("mfa-sms")

    def say(**more):
        return stranger.script(page, AUTH, AuthMethodId="OneWaySMS", **more)["ResultValue"]

    code = tenant.state.text_code
    assert say(Method="EndAuth", AdditionalAuthData=code) == "OtpWrong"
    assert say(Method="BeginAuth") == "Success"
    assert say(Method="EndAuth", AdditionalAuthData=code) == "Success"


def test_methods_are_listed_as_data_and_as_options(asked):
    """The page lists the methods with masked numbers, and each option has its method's id."""
    page = asked("mfa-methods")
    proofs = [proof["authMethodId"] for proof in page.config["arrUserProofs"]]
    assert proofs == ["PhoneAppNotification", "PhoneAppOTP", "OneWaySMS"]
    assert all(f'data-value="{proof}"' in page.text for proof in proofs)
    assert page.config["arrUserProofs"][2]["display"].endswith("XX42")
    assert all(part in page.text for part in ("idTxtBx_SAOTCS_ProofConfirmation", "idSubmit_SAOTCS_SendCode"))


@pytest.mark.parametrize(("outcome", "result"), [("approved", "Success"), ("denied", "PhoneAppDenied")])
def test_passwordless_ends_as_the_person_decides(tenant, stranger, outcome, result):
    """Passwordless sign-in continues without a password after an approval, and returns to sign-in after a denial."""
    tenant.set_fault("passwordless")
    plan = tenant.state.flags.sign_in
    tenant.state.flags.sign_in = replace(plan, outcome=outcome, answers_after=0.05)
    page = stranger.visit("https://www.office.com/?auth=2")
    assert stranger.script(page, "/common/phone", Method="BeginAuth")["Number"] in range(10, 100)
    said = {"ResultValue": "Pending"}
    while said["ResultValue"] == "Pending":
        said = stranger.script(page, "/common/phone", Method="EndAuth")
    assert said["ResultValue"] == result
    after = stranger.submit(page, login=tenant.subject, passwd="")
    assert after.config["pgid"] == ("KmsiInterrupt" if outcome == "approved" else "ConvergedSignIn")
    assert tenant.journal.credentials == []

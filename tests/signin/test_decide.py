"""Sign-in types no password twice or on another host, sends a code once per time step, and never loops."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.errors import Stopped
from troubleshooter.model.enums import STOPPED_REASONS, Reason
from troubleshooter.signin.actions import Capabilities, Do, Progress, SignInAction, Target
from troubleshooter.signin.codes import CODES
from troubleshooter.signin.decide import ACTIONS, decide
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screens import classify
from troubleshooter.tenant.hosts import host_policy

HOSTS = host_policy("worldwide", ("https://www.office.com",), federated_hosts=("sts.contoso.com",))
LOGIN = "https://login.microsoftonline.com/common/login"
STS = "https://sts.contoso.com/adfs/ls/"
ANA = "ana@contoso.com"
ALONE = Capabilities(ANA)
SEED = Capabilities(ANA, totp=True)
PHONE = Capabilities(ANA, operator=True)
SEAT = Capabilities(ANA, operator=True, terminal=True)


BEGUN = Progress()


def done(progress: Progress = BEGUN, capabilities: Capabilities = ALONE, url: str = LOGIN, **shown) -> SignInAction:
    probe = Probe(url=url, **shown)
    return decide(classify(probe, HOSTS), probe, progress, capabilities, HOSTS)[0]


def refused(progress: Progress = BEGUN, capabilities: Capabilities = ALONE, url: str = LOGIN, **shown) -> Stopped:
    with pytest.raises(Stopped) as caught:
        done(progress, capabilities, url, **shown)
    return caught.value


CODE = {"page_id": "ConvergedTFA", "code": True}
PUSH = {"page_id": "ConvergedTFA", "push": True, "number": "42"}
DOES = {
    "code, seed known": (SEED, CODE | {"default_proof": "PhoneAppOTP"}, SignInAction(Do.CODE)),
    "code of an unnamed method": (SEED, CODE, SignInAction(Do.CODE)),
    "code by text, another way": (
        SEED,
        CODE | {"default_proof": "OneWaySMS", "proofs": ("OneWaySMS", "PhoneAppOTP"), "another_way": True},
        SignInAction(Do.CLICK, Target.ANOTHER_WAY),
    ),
    "code by text, operator at the terminal": (
        SEAT,
        CODE | {"default_proof": "OneWaySMS"},
        SignInAction(Do.ASK),
    ),
    "number, an operator with the phone": (PHONE, PUSH, SignInAction(Do.APPROVAL)),
    "number, but the seed is known": (
        SEED,
        PUSH | {"proofs": ("PhoneAppNotification", "PhoneAppOTP"), "another_way": True},
        SignInAction(Do.CLICK, Target.ANOTHER_WAY),
    ),
    "list, seed known": (
        SEED,
        {"page_id": "ConvergedTFA", "methods": ("OneWaySMS", "PhoneAppOTP")},
        SignInAction(Do.METHOD, method=1),
    ),
    "list without names, by position": (
        SEED,
        {"page_id": "ConvergedTFA", "methods": ("", ""), "proofs": ("PhoneAppNotification", "PhoneAppOTP")},
        SignInAction(Do.METHOD, method=1),
    ),
    "list, an operator with the phone": (
        PHONE,
        {"page_id": "ConvergedTFA", "methods": ("PhoneAppOTP", "PhoneAppNotification")},
        SignInAction(Do.METHOD, method=1),
    ),
    "passwordless, the password is offered": (
        ALONE,
        {"passwordless": True, "number": "42", "to_password": True},
        SignInAction(Do.CLICK, Target.TO_PASSWORD),
    ),
    "passwordless, other ways are offered": (
        ALONE,
        {"passwordless": True, "number": "42", "another_way": True},
        SignInAction(Do.CLICK, Target.ANOTHER_WAY),
    ),
    "passwordless, nothing else offered": (PHONE, {"passwordless": True, "number": "42"}, SignInAction(Do.APPROVAL)),
    "access pass, operator at the terminal": (
        SEAT,
        {"access_pass": True, "primary": True},
        SignInAction(Do.ASK, hidden=True),
    ),
    "list of credentials, the password": (
        ALONE,
        {"credentials": ("7", "2", "1", "organization"), "page_id": "ConvergedSignIn"},
        SignInAction(Do.CREDENTIAL, method=2),
    ),
    "list of credentials on a passkey's page, whatever its id": (
        ALONE,
        {"url": "https://login.microsoft.com/x/fido/get", "page_id": "ConvergedFido", "credentials": ("1",)},
        SignInAction(Do.CREDENTIAL, method=0),
    ),
    "list of credentials without the password, an operator with the phone": (
        PHONE,
        {"credentials": ("7", "2"), "page_id": "ConvergedSignIn"},
        SignInAction(Do.CREDENTIAL, method=1),
    ),
    "both lists on a page of the second factor": (
        SEED,
        {"page_id": "ConvergedTFA", "methods": ("PhoneAppOTP",), "credentials": ("1",)},
        SignInAction(Do.METHOD, method=0),
    ),
    "passkey by its challenge alone": (
        ALONE,
        {"page_id": "ConvergedSignIn", "passkey": True, "another_way": True},
        SignInAction(Do.CLICK, Target.ANOTHER_WAY),
    ),
    "a challenge beside the password": (
        ALONE,
        {"page_id": "ConvergedSignIn", "passkey": True, "password": True},
        SignInAction(Do.PASSWORD),
    ),
    "the password on a passkey's page, whatever its id": (
        ALONE,
        {"url": "https://login.microsoft.com/x/fido/get", "page_id": "ConvergedFido", "password": True},
        SignInAction(Do.PASSWORD),
    ),
    "passkey, another way": (
        ALONE,
        {"url": "https://login.microsoft.com/x/fido/get", "another_way": True},
        SignInAction(Do.CLICK, Target.ANOTHER_WAY),
    ),
}
NEEDS = {
    "code without a seed": (PHONE, CODE | {"default_proof": "PhoneAppOTP"}),
    "code by text, only the seed": (SEED, CODE | {"default_proof": "OneWaySMS"}),
    "number, no operator": (ALONE, PUSH),
    "push, no operator": (ALONE, {"page_id": "ConvergedTFA", "push": True}),
    "list that needs an operator": (ALONE, {"page_id": "ConvergedTFA", "methods": ("PhoneAppNotification",)}),
    "list, positions say nothing": (
        SEED,
        {"page_id": "ConvergedTFA", "methods": ("", ""), "proofs": ("OneWaySMS",)},
    ),
    "access pass, nobody at the terminal": (PHONE, {"access_pass": True}),
    "list of credentials, nothing that can be used": (ALONE, {"credentials": ("7", "2", "8", "organization")}),
    "passkey by its challenge, and nothing else": (SEAT, {"page_id": "ConvergedSignIn", "passkey": True}),
    "passkey and nothing else": (SEAT, {"url": "https://login.microsoft.com/x/fido/get"}),
}


@pytest.mark.parametrize("name", DOES)
def test_a_second_factor_is_answered_by_what_is_available(name):
    """A second factor is answered with the seed, or by the operator, or with the password if it is offered."""
    capabilities, shown, expected = DOES[name]
    assert expected == done(capabilities=capabilities, **shown)


@pytest.mark.parametrize("name", NEEDS)
def test_a_second_factor_that_is_not_available_stops_at_once(name):
    """Without a suitable seed or an operator, a second factor stops the run immediately."""
    capabilities, shown = NEEDS[name]
    assert Reason.MFA_NEEDED is refused(capabilities=capabilities, **shown).reason


def test_other_ways_than_the_phone_are_looked_at_once():
    """If the password is not among them, or was sent already, the phone is asked, once."""
    shown = {"passwordless": True, "number": "42", "another_way": True}
    for progress in (Progress(detours=2), Progress(password_typed=True)):
        assert SignInAction(Do.APPROVAL) == done(progress, PHONE, **shown)
        assert Reason.MFA_NEEDED is refused(progress, ALONE, **shown).reason


def test_a_passkey_is_named_only_where_it_is_all_that_is_left():
    """An account that could sign in with the app needs a person, not another kind of account."""
    said = {ids: refused(credentials=ids).what.text for ids in (("7", "2"), ("7", "8"))}
    assert ["passkey" in text for text in said.values()] == [False, True]


def test_a_front_page_with_an_account_button_is_signed_in_to_first():
    """The link is followed, a few times at most; after that, or once somebody signed in, it is the home page."""
    front = {"url": "https://www.office.com/", "me_control": True, "sign_in_link": True}
    click = SignInAction(Do.CLICK, Target.SIGN_IN)
    assert [click, click] == [done(Progress(welcomes=welcomes), **front) for welcomes in (0, 1)]
    let_in = (Progress(welcomes=2), Progress(welcomes=1, password_typed=True))
    assert [SignInAction(Do.DONE)] * 2 == [done(progress, **front) for progress in let_in]
    assert click == done(Progress(welcomes=2, password_typed=True), **front | {"me_control": False})
    assert SignInAction(Do.DONE) == done(**front | {"sign_in_link": False})


def test_a_code_is_sent_twice_at_most():
    """If the first code is refused, a second is sent; if that is refused too, the sign-in stops."""
    shown = CODE | {"code_error": True}
    assert SignInAction(Do.CODE) == done(Progress(codes=1), SEED, **shown)
    assert SignInAction(Do.WAIT) == done(Progress(codes=1), SEED, **CODE)
    assert Reason.MFA_DENIED is refused(Progress(codes=2), SEED, **shown).reason


def test_a_password_that_was_not_typed_is_not_refused():
    """A code that says so before anything was typed is about something else: no secret is blamed, nor called sent."""
    shown = {"page_id": "ConvergedError", "exception": "AADSTS50126"}
    before, after = refused(BEGUN, SEED, **shown), refused(Progress(password_typed=True), SEED, **shown)
    assert (Reason.SIGN_IN_ERROR, "AADSTS50126") == (before.reason, before.code)
    assert Reason.WRONG_PASSWORD is after.reason


def test_a_refusal_after_a_one_time_code_is_about_the_code():
    """The code means that a person denied the request, unless a one-time code was sent: then it is seed or clock."""
    shown = {"page_id": "ConvergedTFA", "exception": "AADSTS500121"}
    by_code = refused(Progress(codes=1, password_typed=True), SEED, **shown)
    by_phone = refused(Progress(password_typed=True), PHONE, **shown)
    assert {Reason.MFA_DENIED} == {by_code.reason, by_phone.reason}
    assert "seed" in by_code.help.text
    assert "seed" not in by_phone.help.text


def test_a_registration_is_skipped_a_few_times():
    """It may come twice, or more often; in the end it is said that it is needed."""
    shown = {"page_id": "ConvergedActionRequired", "ask_later": True}
    assert SignInAction(Do.CLICK, Target.SKIP) == done(Progress(skips=3), **shown)
    assert Reason.REGISTRATION_NEEDED is refused(Progress(skips=4), **shown).reason


def test_an_unknown_page_is_skipped_after_the_password_only():
    """Before it, nothing is chosen on a page that nobody knows."""
    shown = {"page_id": "ConvergedNews", "skip": "words"}
    assert SignInAction(Do.CLICK, Target.SKIP_FOUND) == done(Progress(password_typed=True), **shown)
    assert Reason.UNKNOWN_SIGN_IN_SCREEN is refused(**shown).reason
    assert SignInAction(Do.CLICK, Target.SKIP_FOUND) == done(**shown, registering=True)


def test_a_password_that_was_sent_is_not_sent_again():
    """After the password was sent, an error is a refusal, a new page is an error, and the same page is waited for."""
    typed = Progress(password_typed=True, password_document=1.0)
    assert SignInAction(Do.PASSWORD) == done(document=1.0, password=True)
    assert SignInAction(Do.WAIT) == done(typed, document=1.0, password=True)
    assert SignInAction(Do.WAIT) == done(typed, document=1.0, password=True, password_error=True)
    sent = Progress(password_typed=True, password_document=1.0, posted=True)
    assert Reason.WRONG_PASSWORD is refused(sent, document=1.0, password=True, password_error=True).reason
    assert Reason.SIGN_IN_ERROR is refused(sent, document=2.0, password=True).reason


def test_a_companys_provider_gets_name_and_password_once():
    """A provider gets the user name and the password once, together or in turn; a second form is a refusal."""
    both = {"url": STS, "federated_name": True, "federated_password": True}
    assert SignInAction(Do.CREDENTIALS) == done(**both)
    assert SignInAction(Do.CREDENTIALS) == done(Progress(usernames_typed=True), url=STS, federated_name=True)
    assert SignInAction(Do.WAIT) == done(Progress(federated_username_typed=True), url=STS, federated_name=True)
    sent = Progress(password_typed=True, password_document=1.0, posted=True)
    assert Reason.WRONG_PASSWORD is refused(sent, document=2.0, **both).reason


def test_an_error_shown_before_the_password_is_no_refusal():
    """An error shown before the password is ignored in the same document, but is a refusal in a new one."""
    sent = Progress(password_typed=True, password_document=1.0, posted=True, error_before=True)
    assert SignInAction(Do.WAIT) == done(sent, document=1.0, password=True, password_error=True)
    assert Reason.WRONG_PASSWORD is refused(sent, document=2.0, password=True, password_error=True).reason
    later = Progress(password_typed=True, password_document=1.0, posted=True)
    assert Reason.WRONG_PASSWORD is refused(later, document=1.0, password=True, password_error=True).reason


def test_an_alert_that_comes_with_the_answer_is_a_refusal():
    """It need not have a known id; one that was there before, or that comes before anything is sent, is none."""
    password = {"document": 1.0, "password": True}
    sent = Progress(password_typed=True, password_document=1.0, posted=True, alerts_before=("news",))
    assert Reason.WRONG_PASSWORD is refused(sent, **password, alerts=("news", "x")).reason
    assert SignInAction(Do.WAIT) == done(sent, **password, alerts=("news",))
    unsent = Progress(password_typed=True, password_document=1.0)
    assert SignInAction(Do.WAIT) == done(unsent, **password, alerts=("x",))
    assert SignInAction(Do.PASSWORD) == done(**password, alerts=("x",))
    name = {"document": 1.0, "email": True}
    given = Progress(usernames_typed=1, username_document=1.0, sent=True, alerts_before=("news",))
    assert Reason.UNKNOWN_USER is refused(given, **name, alerts=("x",)).reason
    assert SignInAction(Do.WAIT) == done(given, **name, alerts=("news",))
    assert SignInAction(Do.WAIT) == done(given, **name, password=True, alerts=("x",))


def test_a_page_that_asks_again_reports_its_code():
    """A page that asks again reports its error code, even an unknown one."""
    sent = Progress(password_typed=True, password_document=1.0, posted=True)
    stop = refused(sent, document=2.0, password=True, error="99999")
    assert (Reason.SIGN_IN_ERROR, "AADSTS99999") == (stop.reason, stop.code)
    assert refused(sent, document=2.0, password=True, error="50058").code is None  # no session yet: that is normal


def test_the_user_name_is_typed_again_only_if_it_was_lost():
    """The user name is typed again only after a reload, or if the field was emptied before it was sent."""
    given = Progress(usernames_typed=1, username_document=1.0)
    assert SignInAction(Do.USERNAME) == done(email=True, email_error="an old notice", document=1.0)
    assert SignInAction(Do.WAIT) == done(given, email=True, document=1.0)
    assert SignInAction(Do.USERNAME) == done(given, email=True, document=2.0)
    assert SignInAction(Do.USERNAME) == done(given, email=True, document=2.0, error="50058")
    assert "AADSTS50020" == refused(given, email=True, document=2.0, error="50020").code
    assert SignInAction(Do.USERNAME) == done(given, email=True, email_empty=True, document=1.0)
    sent = Progress(usernames_typed=1, username_document=1.0, sent=True)
    assert SignInAction(Do.WAIT) == done(sent, email=True, email_empty=True, document=1.0)
    assert SignInAction(Do.WAIT) == done(Progress(usernames_typed=2, username_document=1.0), email=True, document=2.0)
    assert Reason.UNKNOWN_USER is refused(given, email=True, email_error="x", document=1.0).reason


def test_a_code_is_recognized_by_the_methods_that_end_in_one():
    """A page that asks for a code never waits for an approval; if two methods are possible, their list decides."""
    push = {"default_proof": "PhoneAppNotification", "another_way": True}
    assert SignInAction(Do.CODE) == done(
        capabilities=SEED, **CODE, **push, proofs=("PhoneAppNotification", "PhoneAppOTP")
    )
    both = push | {"proofs": ("PhoneAppNotification", "PhoneAppOTP", "OneWaySMS")}
    assert SignInAction(Do.CLICK, Target.ANOTHER_WAY) == done(capabilities=SEED, **CODE, **both)
    assert SignInAction(Do.CODE) == done(Progress(method="PhoneAppOTP"), SEED, **CODE, **both)


def test_a_new_page_means_that_the_code_was_refused_too():
    """A second code follows if the page asks again in a new document, with or without an error."""
    assert SignInAction(Do.CODE) == done(Progress(codes=1, code_document=1.0), SEED, **CODE, document=2.0)
    assert SignInAction(Do.WAIT) == done(Progress(codes=1, code_document=1.0), SEED, **CODE, document=1.0)


def test_an_access_pass_is_asked_for_once_per_page():
    """The operator is asked for an access pass once per page, unless the page reports an error."""
    shown = {"access_pass": True, "document": 1.0}
    assert SignInAction(Do.WAIT) == done(Progress(asked=1, code_document=1.0), SEAT, **shown)
    assert SignInAction(Do.ASK, hidden=True) == done(
        Progress(asked=1, code_document=1.0), SEAT, **shown, password_error=True
    )


ERRORS = {
    "code": {"error": "50173"},
    "notice": {"email_error": "x", "password_error": True, "federated_error": "x"},
}
FIELDS = {
    "name": {"email": True},
    "password": {"password": True},
    "provider": {"url": STS, "federated_name": True, "federated_password": True},
    "picker": {"tiles": (ANA,)},
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("error", ERRORS)
def test_a_second_sign_in_ends_at_the_first_error(field, error):
    """A second sign-in stops at the first error; harmless error codes don't count."""
    again = Progress(again=True)
    stop = refused(again, **FIELDS[field], **ERRORS[error])
    assert (Reason.SIGN_IN_ERROR, {"code": "AADSTS50173"}.get(error)) == (stop.reason, stop.code)
    assert done(again, **FIELDS[field], error="50058") == done(**FIELDS[field])


@pytest.mark.parametrize("field", ["name", "password"])
def test_an_unknown_code_ends_a_first_sign_in_together_with_an_error(field):
    """A first sign-in stops at an unknown code only together with an error, because either may be left over."""
    stop = refused(**FIELDS[field], **ERRORS["code"], **ERRORS["notice"])
    assert (Reason.SIGN_IN_ERROR, "AADSTS50173") == (stop.reason, stop.code)
    plain = done(**FIELDS[field])
    assert [plain, plain] == [done(**FIELDS[field], **shown) for shown in ERRORS.values()]


def test_the_password_is_not_typed_for_another_account():
    """A page that asks for another account's password stops the run."""
    assert Reason.WRONG_ACCOUNT is refused(password=True, identity="dan@contoso.com").reason
    assert SignInAction(Do.PASSWORD) == done(password=True, identity="ANA@contoso.com")


FLAGS = {name: st.booleans() for name, field in Probe.model_fields.items() if field.annotation is bool}
METHODS = st.lists(st.sampled_from(["", "PhoneAppOTP", "PhoneAppNotification", "OneWaySMS"]), max_size=3).map(tuple)
URLS = st.sampled_from(
    [
        *(
            LOGIN,
            LOGIN,
            STS,
            "https://login.microsoft.com/x/fido/get",
            "https://www.office.com/",
            "https://evil.example/",
        ),
        *("http://login.microsoftonline.com/", "https://login.microsoftonline.com.evil.example/", "about:blank", ""),
    ]
)
PROBES = st.builds(
    Probe,
    url=URLS,
    document=st.integers(0, 3).map(float),
    page_id=st.sampled_from(["", "ConvergedSignIn", "ConvergedTFA", "KmsiInterrupt", "x"]),
    error=st.sampled_from(["", "", "0", "50058", *CODES]),
    identity=st.sampled_from(["", "", ANA, "dan@contoso.com"]),
    tiles=st.sampled_from([(), (ANA,)]),
    methods=METHODS,
    proofs=METHODS,
    number=st.sampled_from(["", "42"]),
    frames=st.integers(0, 1),
    **FLAGS,
)
ABLE = st.builds(Capabilities, st.just(ANA), totp=st.booleans(), operator=st.booleans(), terminal=st.booleans())
MOST = 4 * ACTIONS


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(PROBES, max_size=MOST), ABLE, st.booleans())
def test_no_page_gets_a_password_twice_or_on_another_host(probes, capabilities, posted):
    """On any series of pages, the password is typed at most once and only where it is allowed, and sign-in ends."""
    progress, typed, acts = Progress(), 0, 0
    for probe in probes:
        before = Progress(**{**vars(progress), "posted": progress.posted or (progress.password_typed and posted)})
        try:
            action, progress = decide(classify(probe, HOSTS), probe, before, capabilities, HOSTS)
        except Stopped as stop:
            assert stop.reason in STOPPED_REASONS
            break
        gives = action.do is Do.PASSWORD or (action.do is Do.CREDENTIALS and probe.federated_password)
        typed += gives
        acts += action.do not in (Do.WAIT, Do.PASS, Do.DONE)
        if action.do in (Do.USERNAME, Do.PASSWORD, Do.CREDENTIALS, Do.CODE, Do.ASK):
            assert HOSTS.may_type(probe.url)
        if gives:
            assert CODES.get(probe.error) in (None, Reason.WRONG_ACCOUNT, Reason.REGISTRATION_NEEDED)
    assert typed <= 1
    assert acts <= ACTIONS

"""The service's codes: read wherever a page shows them, in any language, and each says what it means."""

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.signin.actions import Capabilities, Progress
from troubleshooter.signin.code_messages import texts_of
from troubleshooter.signin.codes import CODES, code_in_address, reason_of
from troubleshooter.signin.decide import decide
from troubleshooter.signin.probe import Probe, script
from troubleshooter.signin.screens import classify
from troubleshooter.signin.stop_messages import stopped
from troubleshooter.tenant.hosts import host_policy

LOGIN = "https://login.microsoftonline.com/common/login"
HOSTS = host_policy("worldwide", ("https://www.office.com",))
SENT = Progress(password_typed=True, password_document=1.0, posted=True, code_before="50058")
MEANT = {
    "530003": Reason.BLOCKED_BY_POLICY,
    "530001": Reason.BLOCKED_BY_POLICY,
    "50097": Reason.BLOCKED_BY_POLICY,
    "53003": Reason.BLOCKED_BY_POLICY,
    "530099": Reason.BLOCKED_BY_POLICY,
    "50105": Reason.NOT_ASSIGNED,
    "50057": Reason.ACCOUNT_DISABLED,
    "50053": Reason.ACCOUNT_LOCKED,
    "50144": Reason.PASSWORD_EXPIRED,
    "50076": Reason.MFA_NEEDED,
    "50158": Reason.MFA_NEEDED,
    "50079": Reason.REGISTRATION_NEEDED,
    "50058": Reason.SIGN_IN_ERROR,
    "50034": Reason.UNKNOWN_USER,
    "65001": Reason.CONSENT_NEEDED,
    "700016": Reason.SIGN_IN_ERROR,
    "399217": Reason.SIGN_IN_ERROR,
    "50126": Reason.WRONG_PASSWORD,
}
"""A code as the answer to the right password, and why the sign-in ends."""


def answered(probe: Probe, progress: Progress = SENT) -> tuple[Reason, str | None]:
    """Return why a page that asks for the password again ends the sign-in, and with which code."""
    with pytest.raises(Stopped) as caught:
        decide(classify(probe, HOSTS), probe, progress, Capabilities("ana@contoso.com"), HOSTS)
    return caught.value.reason, caught.value.code


def asks(**shown: object) -> Probe:
    """Return the page that asks for the password, in a new document, with an error line beside the field."""
    values = {"page_id": "ConvergedSignIn", "password": True, "fields": True, "password_error": True, "document": 2.0}
    return Probe(url=LOGIN, **{**values, **shown})


@pytest.mark.parametrize("code", MEANT)
@pytest.mark.parametrize("place", ["error", "exception", "labelled"])
def test_the_code_beside_the_password_decides(code, place):
    """A right password that is answered with a code is not called wrong, wherever the page shows the code."""
    shown = {
        "error": {"error": code},
        "exception": {"exception": f"AADSTS{code}", "error": "50058"},
        "labelled": {"numbers": (code,), "labelled": (code,), "error": "50058"},
    }[place]
    assert (MEANT[code], f"AADSTS{code}") == answered(asks(**shown))


def test_a_password_is_wrong_where_no_code_says_otherwise():
    """Without a code, with a telephone number, and with the code that was there before, it is the password."""
    assert (Reason.WRONG_PASSWORD, None) == answered(asks())
    assert (Reason.WRONG_PASSWORD, None) == answered(asks(numbers=("5551234",)))
    same = {"document": 1.0, "error": "50058"}
    assert (Reason.WRONG_PASSWORD, None) == answered(asks(**same))
    # `$Config` that came after the typing, with the code of every first page.
    assert (Reason.WRONG_PASSWORD, None) == answered(asks(**same), Progress(**{**vars(SENT), "code_before": ""}))


@pytest.mark.parametrize("code", [code for code in MEANT if code not in ("50058", "50076", "50158", "50079", "399217")])
def test_a_code_on_a_page_of_its_own_decides(code):
    """In the text, or in the address alone."""
    for more in ({"page_numbers": (code,)}, {"url": f"https://login.microsoftonline.com/error?code={code}"}):
        for page_id in ("ConvergedError", "ConvergedNews", ""):
            probe = Probe(**{"url": LOGIN, "page_id": page_id, "document": 2.0, **more})
            assert (MEANT[code], f"AADSTS{code}") == answered(probe)


def test_an_unknown_code_of_an_error_page_is_said():
    """The reason is that of the page, and the code stands in the stop."""
    assert (Reason.SIGN_IN_ERROR, "AADSTS399217") == answered(
        Probe(url=LOGIN, page_id="ConvergedError", page_numbers=("399217",))
    )
    assert (Reason.BLOCKED_BY_POLICY, "AADSTS399217") == answered(
        Probe(url=LOGIN, page_id="ConvergedConditionalAccess", page_numbers=("399217",))
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://login.microsoftonline.com/error?code=53003", ("53003",)),
        ("https://www.office.com/landingv2#error=access_denied&error_description=AADSTS50105%3a+The+user", ("50105",)),
        ("https://www.office.com/landingv2?error=x&error_description=AADSTS530003%253a+Your+device", ("530003",)),
        ("https://login.microsoftonline.com/x?error_codes=[53000]", ("53000",)),
        ("https://www.office.com/landingv2?code=0.AXkA53003", ()),
        ("https://www.office.com/landingv2?code=53003&state=50126", ()),
        ("https://login.microsoftonline.com/53003?ctx=50126", ()),
    ],
)
def test_a_code_in_an_address_is_told_from_other_numbers(address, expected):
    """Only the parts that report an error count."""
    assert expected == code_in_address(address)


def test_a_device_rule_is_explained_truthfully():
    """A managed computer does not help a private window, and the advice says so."""
    for code in ("53000", "530003", "50097"):
        assert "private window" in stopped(Reason.BLOCKED_BY_POLICY, f"AADSTS{code}").help.text
    assert "which this program does not know" in stopped(Reason.SIGN_IN_ERROR, "AADSTS399217").what.text


def test_every_code_has_a_meaning_that_is_said():
    """A code that only means an error has words of its own, or those of its reason."""
    assert all(stopped(reason, f"AADSTS{code}").what.text for code, reason in CODES.items())
    assert texts_of(Reason.SIGN_IN_ERROR, "AADSTS90100") is None
    assert reason_of("53") is None
    assert reason_of("5300300") is None


FIELD = "<input id=i0118 name=passwd type=password><div id=passwordError>{}</div>"
GUID = "4765445b-32c6-49b0-83e6-1d9376527500"
LINES = {
    "AADSTS50105: x": ("50105",),
    "Fehlercode: 53003": ("53003",),
    "エラー コード：530003": ("530003",),
    "رمز الخطأ: \u2067٥٣٠٠٣\u2069": ("53003",),
    "(50057)": ("50057",),
    f"Your account or password is incorrect. Request 7, {GUID}": (),
    "Call +1-555-53003, or 53003-12, v.50126, 50.126, 50126.5": (),
}
PAGES = {
    f"<h1>x</h1><p>Error Code: 53003</p><p>Request Id: {GUID}</p><p>Timestamp: 2026-11-26T10:50:12Z</p>": ("53003",),
    "<dl><dt>Codice errore</dt><dd>530002</dd></dl>": ("530002",),
    "<p>x</p><footer>Help desk: 50126</footer>": (),
    "<p>Room 53003</p>": (),
    "<p hidden>Error Code: 53003</p><p>x</p>": (),
}


async def test_codes_are_read_from_pages_of_any_language(session: Session):
    """Digits of other scripts and marks of direction included; other numbers are no codes."""
    tab, lines, pages = await session.tab(), {}, {}
    for line in LINES:
        await tab.set_content(f"<!DOCTYPE html>{FIELD.format(line)}")
        found = Probe(url=LOGIN, **await tab.evaluate(script()))
        marked = (found.exception.removeprefix("AADSTS"),) if found.exception else ()
        lines[line] = marked or found.labelled
    for body in PAGES:
        await tab.set_content(f"<!DOCTYPE html>{body}")
        pages[body] = Probe(url=LOGIN, **await tab.evaluate(script())).page_numbers
    assert LINES == lines
    assert PAGES == pages

"""On sign-in pages that behave oddly, in a real browser, input is sent once or the stop says why not."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.async_api import Error
from support import stray as strays
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import approval, credentials_entry, elements
from troubleshooter.signin.code_claims import claim
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.signin.totp import STEP, UsedCodes, code_at
from troubleshooter.tenant.hosts import host_policy

ANA, PASSWORD, SEED = "ana@contoso.com", "Sw0rd+fish &", "KRSXG5CTMVRXEZLUKRSXG5CT"
HOME = "https://www.office.com/"
BOX = '<div class="lightbox-cover"></div>'
SCRIPT = """
const by = (id) => document.getElementById(id);
const later = (seconds, act) => setTimeout(act, seconds * 1000);
const home = () => { location.href = 'https://www.office.com/home'; };
const show = (...ids) => { for (const e of document.querySelectorAll('body > *')) e.hidden = !ids.includes(e.id); };
const cover = (on) => document.querySelector('.lightbox-cover').classList.toggle('disable-lightbox', on);
"""
STYLE = ".disable-lightbox { position: fixed; inset: 0 } iframe { display: block }"
NAME, FIELD = "<input id=i0116 name=loginfmt type=email>", "<input id=i0118 name=passwd type=password>"
NEXT = "<input type=submit id=idSIButton9 value=x>"
NUMBER = "<div id=idDiv_SAOTCAS_Title>x</div><div id=idRichContext_DisplaySign>42</div>"


def page(body: str, script: str = "", page_id: str = "ConvergedSignIn") -> str:
    """Return the HTML of a sign-in page with the given body and script."""
    return (
        f'<!DOCTYPE html><html><head><meta name="PageID" content="{page_id}"><style>{STYLE}</style></head>'
        f"<body>{body}<script>{SCRIPT}{script}</script></body></html>"
    )


def form(body: str) -> str:
    """Return a form that leads to the home page when it is submitted."""
    return f"<form method=post action=/sent>{body}</form>"


SENT = "<title>x</title><script>location.href = 'https://www.office.com/home'</script>"


class Somebody:
    """An operator who is shown what to do."""

    terminal = False

    def __init__(self) -> None:
        self.shown: list[str] = []

    def show(self, task, seconds) -> None:
        if not self.shown or self.shown[-1] != task.number:
            self.shown.append(task.number)

    def clear(self) -> None:
        self.shown.append("over")

    async def ask(self, what, *, hidden):
        raise AssertionError("nobody is at this terminal")


def _forget(secret) -> None:
    """Ignore a secret, because these tests write nothing that needs redaction."""


@pytest.fixture
def through(session: Session, stray: Stray, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable:
    """Return a function that signs in on a page and returns the stop, or None if sign-in succeeds."""
    stray.bodies.clear()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # other tests send the codes of the same seed

    async def start(html: str, *, url: str = "https://login.microsoftonline.com/odd", timeout: float = 8, **more):
        monkeypatch.setitem(strays.PAGES, "/odd", html)
        monkeypatch.setitem(strays.PAGES, "/sent", SENT)
        monkeypatch.setitem(strays.PAGES, "/home", "<button id=O365_MainLink_Me>x</button>")
        tab = await session.tab()
        await tab.goto(url, wait_until="commit")
        given = {name: more.pop(name) for name in ("totp", "used") if name in more}
        settings = SignInSettings(timeout, _forget, **more)
        signing = SignIn(tab, session.guard, Credentials(ANA, Secret(PASSWORD), **given), settings)
        try:
            await signing.run()
        except Stopped as stop:
            return stop
        assert tab.url == f"{HOME}home"
        return None

    return start


REQUIRED = FIELD.replace("<input", "<input required")


async def test_signin_types_user_name_and_password_if_both_are_asked_for(through, stray: Stray):
    """A page that shows both fields, and does nothing with the name alone, gets both, in one request."""
    assert await through(page(form(NAME + REQUIRED + NEXT)), timeout=12) is None
    assert ["loginfmt=ana%40contoso.com&passwd=Sw0rd%2Bfish+%26"] == stray.bodies


LOOKS = {
    "plainly visible": "",
    "nearly transparent": "opacity:.01",
    "in a part that is nearly transparent": "opacity:.5",
    "under something": "position:relative;z-index:-1",
    "off the screen": "position:absolute;left:-9999px",
    "cut off": "clip-path:inset(50%)",
    "late": "display:none",
}
SWITCHING = """
by('idSIButton9').onclick = (e) => {
  if (by('view').dataset.view === 'password') return;
  e.preventDefault();
  if (!by('i0116').value || by('i0118').value) { by('view').dataset.view = 'broken'; by('i0118').remove(); return; }
  later(0.8, () => {
    by('view').dataset.view = 'password'; OTHER; by('cover')?.remove();
    by('i0118').style = ''; by('i0118').parentNode.style = '';
  });
};
if (LATE) later(0.3, () => { by('i0118').style = ''; });
"""


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("leftover", ["hides", "fades"])
async def test_signin_gives_the_name_first_whatever_the_password_box_looks_like(look, leftover, through, stray: Stray):
    """A name page whose password box counts as visible only switches the view: the password is typed in the next."""
    around = " style='opacity:.3'" if "part" in look else ""
    field = FIELD.replace("<input", f"<input style='{LOOKS[look]}'")
    cover = "<div id=cover style='position:absolute;width:170px;height:24px;background:#fff'></div>" * (
        look[:5] == "under"
    )
    body = form(f"<div id=view>{NAME}<div{around}>{cover}{field}</div>{NEXT}</div>")
    other = {"hides": "by('i0116').hidden = true", "fades": "by('i0116').style = 'opacity:.05'"}[leftover]
    script = SWITCHING.replace("OTHER", other).replace("LATE", str(look == "late").lower())
    assert await through(page(body, script), timeout=12) is None
    assert ["loginfmt=ana%40contoso.com&passwd=Sw0rd%2Bfish+%26"] == stray.bodies


async def test_signin_clicks_again_if_the_typing_itself_changed_the_page(through, stray: Stray):
    """A swallowed click is repeated, because a button that typing enables does not count as a reaction to the click."""
    script = """
    let last = 0;
    by('idSIButton9').disabled = true;
    by('i0118').addEventListener('input', () => { last = Date.now();
      later(0.1, () => { by('idSIButton9').disabled = false; }); });
    addEventListener('click', (e) => { if (Date.now() - last < 900) e.preventDefault(); }, true);
    """
    assert await through(page(form(FIELD + NEXT), script)) is None
    assert ["passwd=Sw0rd%2Bfish+%26"] == stray.bodies


async def test_signin_waits_for_the_answer_to_a_click_once(through, stray: Stray):
    """What was waited for while the click took effect counts as part of the wait for the next page."""
    began = time.monotonic()
    stop = await through(page(f"<form method=post action=/withheld/sign-in>{FIELD}{NEXT}</form>"), timeout=20)
    assert Reason.SIGN_IN_ERROR is stop.reason
    assert time.monotonic() - began < 29


async def test_signin_reports_that_the_page_emptied_the_field(through, stray: Stray):
    """If the page empties a field before sending it, nothing is typed again, and the stop says so."""
    script = "by('idSIButton9').onclick = (e) => { e.preventDefault(); by('i0118').value = ''; };"
    stop = await through(page(form(FIELD + NEXT), script))
    assert Reason.SIGN_IN_ERROR is stop.reason
    assert "emptied a field" in stop.what.text
    assert [] == stray.bodies


async def test_signin_accepts_a_field_that_is_emptied_once_it_is_sent(through, stray: Stray):
    """A page that sends by itself and then clears its field is waited for."""
    script = """by('idSIButton9').onclick = (e) => {
      e.preventDefault();
      fetch('/check', { method: 'POST', body: JSON.stringify({ passwd: by('i0118').value }) });
      by('i0118').value = ''; later(5, home);
    };"""
    assert await through(page(form(FIELD + NEXT), script)) is None
    assert 1 == len(stray.bodies)


async def test_signin_types_the_user_name_again_if_the_page_lost_it(through):
    """If a late script empties the field, the user name, which is not a secret, is typed a second time."""
    script = """let awake = false;
    by('idSIButton9').onclick = (e) => {
      e.preventDefault();
      if (awake && by('i0116').value) home();
      awake = true; by('i0116').value = '';
    };"""
    assert await through(page(form(NAME + NEXT), script)) is None


FRAMES = "<iframe id=ours src='https://login.microsoftonline.com/ours' width=300 height=200></iframe>"
EVIL = "<iframe src='https://ads.example/x' {how}></iframe>"


@pytest.mark.parametrize(
    "how", ["width=300 height=200 style='display:none'", "width=1 height=1", "width=300 height=200 class=moveOffScreen"]
)
async def test_signin_goes_on_with_a_refused_frame_that_nobody_sees(how: str, through, session: Session, stray: Stray):
    """A refused frame that nobody sees is blocked and recorded, whatever other frames the page shows."""
    style = "<style>.moveOffScreen { position: absolute; left: -9999px }</style>"
    assert await through(page(style + FRAMES + EVIL.format(how=how) + form(FIELD + NEXT))) is None
    assert ["https://ads.example/x"] == session.guard.refused
    assert [] == stray.documents("ads.example")
    assert 1 == len(stray.bodies)


async def test_signin_stops_at_a_refused_frame_that_a_person_sees(through, session: Session, stray: Stray):
    """A visible frame from a host that is not allowed could contain a form, so it stops the run before the password."""
    stop = await through(page(FRAMES + EVIL.format(how="width=300 height=200")))
    assert Reason.UNEXPECTED_HOST is stop.reason
    assert [] == stray.bodies
    assert ["https://ads.example/x"] == session.guard.refused


async def test_signin_names_the_refused_host_that_a_page_needs(through):
    """If nothing happens and a hidden frame was refused, the stop's reason is the refused host."""
    stop = await through(page(EVIL.format(how="style='display:none'")), timeout=2)
    assert Reason.UNEXPECTED_HOST is stop.reason
    assert "ads.example" in stop.what.text


async def test_signin_waits_for_a_way_past_a_registration(through):
    """Sign-in waits for the link that skips registration, which may be rendered after the rest."""
    link = "<a id=skipMfaRegistrationLink href=# hidden onclick='home()'>y</a>"
    body = f"{BOX}<a id=idSubmit_ProofUp_Redirect href=#>x</a>{link}"
    script = "later(0.8, () => { by('skipMfaRegistrationLink').hidden = false; });"
    assert await through(page(body, script, "ConvergedProofUpRedirect")) is None


OVERLAY = "let on = false; setInterval(() => { on = !on; cover(on); }, 700);"


async def test_signin_waits_once_for_one_request(through, monkeypatch: pytest.MonkeyPatch):
    """An overlay that briefly covers the number starts no new deadline, and is not reported."""
    monkeypatch.setattr(approval, "LIMIT", 4.0)
    operator, began = Somebody(), time.monotonic()
    stop = await through(page(BOX + NUMBER, OVERLAY, "ConvergedTFA"), operator=operator)
    assert Reason.MFA_TIMEOUT is stop.reason
    assert time.monotonic() - began < 15
    assert ["42", "over"] == operator.shown


async def test_signin_restarts_the_wait_for_a_new_number(through, monkeypatch: pytest.MonkeyPatch):
    """A new number is a new request with its own deadline, and its approval completes the sign-in."""
    monkeypatch.setattr(approval, "LIMIT", 6.0)
    operator = Somebody()
    script = OVERLAY + "later(4, () => { by('idRichContext_DisplaySign').textContent = '17'; }); later(8.5, home);"
    assert await through(page(BOX + NUMBER, script, "ConvergedTFA"), operator=operator) is None
    assert ["42", "17", "over"] == operator.shown


async def test_signin_ends_an_endless_series_of_numbers(through, monkeypatch: pytest.MonkeyPatch):
    """A page that keeps showing new numbers does not keep the run waiting forever."""
    monkeypatch.setattr(approval, "LIMIT", 2.0)
    monkeypatch.setattr(approval, "INTERACTIVE_LIMIT", 5.0)
    script = "let n = 10; setInterval(() => { by('idRichContext_DisplaySign').textContent = n++; }, 400);"
    stop = await through(page(BOX + NUMBER, script, "ConvergedTFA"), operator=Somebody())
    assert Reason.MFA_TIMEOUT is stop.reason


async def test_signin_sends_a_code_once_if_the_page_sends_it_by_itself(through, stray: Stray):
    """If a page sends the code by itself after six digits, the button is not clicked as well."""
    body = form("<input name=otc><input type=submit id=idSubmit_SAOTCC_Continue value=x>")
    script = """let sent = false;
    document.querySelector('[name=otc]').oninput = (e) => {
      if (!sent) fetch('/code', { method: 'POST', body: e.target.value }).then(() => later(3, home));
      sent = true;
    };
    """
    assert await through(page(body, script, "ConvergedTFA"), totp=Secret(SEED)) is None
    assert 1 == len(stray.bodies)


CHECKED = """
by('i0118').addEventListener('EVENT', (e) => fetch('/checker', { method: 'POST', body: WHAT }));
"""


@pytest.mark.parametrize("what", ["e.target.value", "JSON.stringify({ strength: e.target.value })", "'x'"])
@pytest.mark.parametrize("event", ["input", "change"])
async def test_signin_clicks_once_if_the_page_has_the_password_checked(event, what, through, stray: Stray):
    """A page that posts what is typed to a checker of its own, before it is submitted, gets its click: one."""
    script = CHECKED.replace("EVENT", event).replace("WHAT", what)
    assert await through(page(form(FIELD + NEXT), script)) is None
    assert ["passwd=Sw0rd%2Bfish+%26"] == [body for body in stray.bodies if body.startswith("passwd")]


async def test_signin_sends_a_password_once_if_the_page_sends_it_by_itself(through, stray: Stray):
    """A page that submits as soon as something is typed, and takes its time, is not clicked in addition."""
    script = """let sent = false; by('i0118').oninput = (e) => {
      if (!sent) fetch('/check', { method: 'POST', body: e.target.value }).then(() => later(3, home));
      sent = true;
    };"""
    assert await through(page(form(FIELD + NEXT), script), timeout=12) is None
    assert [PASSWORD] == stray.bodies


async def test_signin_clicks_once_on_a_checked_page_that_takes_its_time(through, stray: Stray):
    """After that click nothing else is sent, although nothing changes for a while."""
    script = (
        CHECKED.replace("EVENT", "input").replace("WHAT", "e.target.value")
        + """
    by('idSIButton9').onclick = (e) => { e.preventDefault(); later(4, () => document.forms[0].submit()); };"""
    )
    assert await through(page(form(FIELD + NEXT), script), timeout=12) is None
    assert ["passwd=Sw0rd%2Bfish+%26"] == [body for body in stray.bodies if body.startswith("passwd")]


ATTEMPT = """
const key = { publicKey: { challenge: new Uint8Array(8), timeout: 600000 } };
let offered = 'waits';
let tried = '';
later(1, () => {
  navigator.credentials.get({ ...key, mediation: 'conditional' }).catch(() => { offered = 'failed'; });
  navigator.credentials.get(key).catch((e) => { tried = e.name; later(AFTER, () => { by('LINK').hidden = false; }); });
});
by('LINK').onclick = () => { if (tried === 'NotAllowedError' && offered === 'waits') show('next'); };
for (const tile of document.querySelectorAll('[data-test-cred-id]')) tile.onclick = () => {
  if (tile.dataset.testCredId === '1') show('enter');
};
"""
POLICY = "<meta http-equiv=Content-Security-Policy content=\"require-trusted-types-for 'script'\">"
TILES = "".join(f"<p role=button data-test-cred-id={n}>x</p>" for n in ("7", "2", "1", "organization"))


@pytest.mark.parametrize("link", ["idA_PWD_SwitchToCredPicker", "signInAnotherWay"])
async def test_signin_takes_the_password_of_a_passkey_account(link, through, stray: Stray):
    """The passkey fails at once, although the page is strict; a picker that appears later offers the password."""
    body = (
        f"<p><a id={link} hidden href=#>x</a></p><div id=next hidden>{TILES}</div>"
        f"<form method=post action=/sent id=enter hidden>{FIELD}{NEXT}</form>"
    )
    html = page(body, ATTEMPT.replace("LINK", link).replace("AFTER", "3"))
    html = html.replace("<head>", f"<head>{POLICY}<script>var $Config = {{ sFidoChallenge: 'x' }}</script>")
    assert await through(html) is None
    assert ["passwd=Sw0rd%2Bfish+%26"] == stray.bodies


async def test_signin_says_that_only_a_passkey_is_accepted(through, monkeypatch: pytest.MonkeyPatch):
    """Without another way it ends within seconds, even if the page is redrawn, and lists the methods that there are."""
    again = "later(3, () => { if (!location.hash) { location.hash = 'x'; location.reload(); } });"
    html = page("<p>x</p>", again, "ConvergedFido")
    began = time.monotonic()
    monkeypatch.setitem(strays.PAGES, "/x/fido/get", html)
    stop = await through(html, url="https://login.microsoft.com/x/fido/get", timeout=60)
    assert Reason.MFA_NEEDED is stop.reason
    assert "passkey" in stop.what.text
    assert all(way in stop.help.text for way in ("an account that", "Temporary Access Pass", "interactive"))
    assert time.monotonic() - began < 17


WIZARD = "https://mysignins.microsoft.com/register"
LINK = '<button type=button class=ms-Link onclick="{}">{}</button>'
NEVER = "location.href = '/registered'"


@pytest.mark.parametrize(
    ("buttons", "expected"),
    [
        ([(NEVER, "Ein anderes Verfahren"), ("home()", "Einrichtung überspringen")], None),
        ([("home()", "xyz")], None),
        ([(NEVER, "abc"), ("home()", "xyz")], Reason.REGISTRATION_NEEDED),
        ([], Reason.REGISTRATION_NEEDED),
    ],
)
async def test_signin_skips_a_registration_site(buttons, expected, through, stray: Stray, monkeypatch):
    """By its words, or if there is one link of its kind; the main button is never clicked; else it is said."""
    links = "".join(LINK.format(act, text) for act, text in buttons)
    html = page(f'<input type=tel>{links}<button class=primary onclick="{NEVER}">Next</button>', "", "")
    monkeypatch.setitem(strays.PAGES, "/register", html)
    stop = await through("", url=WIZARD)
    assert expected is (stop and stop.reason)
    assert [] == stray.paths("/registered")


STRANGE = "<h1>x</h1><input id=usernameEntry type=email><button data-testid=primaryButton type=button>Next</button>"


@pytest.mark.parametrize("page_id", ["", "ConvergedSignIn"])
async def test_signin_says_soon_that_a_layout_is_unknown(page_id, through, stray: Stray):
    """A page that shows fields and buttons that nobody knows ends it once it is still, not after the whole limit."""
    began = time.monotonic()
    clock = "setInterval(() => { document.querySelector('h1').textContent = Date.now(); }, 300);"
    stop = await through(page(STRANGE, clock, page_id), timeout=60)
    assert Reason.UNKNOWN_SIGN_IN_SCREEN is stop.reason
    assert time.monotonic() - began < 20
    assert [] == stray.bodies


STILL_COMING = {
    "a request is open": "fetch('/never'); later(7, home);",
    "it changes": "for (const n of [1, 2, 3, 4]) later(2 * n, () => document.body.append(document.createElement('p')));"
    "later(9, home);",
}


@pytest.mark.parametrize("why", STILL_COMING)
async def test_signin_waits_for_a_layout_that_is_still_coming(why, through):
    """While something is loaded, or drawn, an unknown layout may become a known one."""
    assert await through(page(STRANGE, STILL_COMING[why]), timeout=30) is None


async def test_signin_waits_longer_for_a_page_that_only_has_a_text(through):
    """ "One moment" may lead on by itself."""
    assert await through(page("<p>x</p>", "later(7, home);"), timeout=30) is None


async def test_signin_says_what_its_answer_to_an_app_reports(through, monkeypatch: pytest.MonkeyPatch):
    """An app that does nothing about the error in its address is not waited for."""
    began = time.monotonic()
    monkeypatch.setitem(strays.PAGES, "/landingv2", "<p>x</p>")
    url = f"{HOME}landingv2?error=access_denied&error_description=AADSTS50105%3a+x"
    stop = await through("", url=url, timeout=60)
    assert (Reason.NOT_ASSIGNED, "AADSTS50105") == (stop.reason, stop.code)
    assert time.monotonic() - began < 15


async def test_signin_leaves_a_front_page_that_shows_no_link(through):
    """If a redesigned front page shows no link, the URL that leads directly to sign-in is opened."""
    front = f"<h1>x</h1><script>if (/auth=2/.test(location.search)) location.href = '{HOME}home';</script>"
    strays.PAGES["/"] = front
    try:
        assert await through("", url=HOME, timeout=2) is None
    finally:
        del strays.PAGES["/"]


STS = "https://sts.contoso.com/odd"


@pytest.fixture
def provider(session: Session):
    """Allow the password on the company's own provider, too."""
    session.guard.hosts = host_policy("worldwide", [HOME], federated_hosts=["sts.contoso.com"])


async def test_signin_sends_a_password_once_if_another_host_receives_it(through, provider, stray: Stray):
    """A provider whose form posts to another host gets one click, although nothing changes for a while."""
    script = """by('submitButton').onclick = (e) => {
      e.preventDefault();
      fetch('https://login.service.example/authn', { method: 'POST', mode: 'no-cors',
        body: JSON.stringify({ password: by('passwordInput').value }) });
      later(6, home);
    };"""
    body = form("<input id=passwordInput type=password name=Password><input type=submit id=submitButton value=x>")
    assert await through(page(body, script), url=STS) is None
    assert ['{"password":"Sw0rd+fish &"}'] == stray.bodies


ENCRYPTED = """let clicks = 0;
by('idSIButton9').onclick = (e) => {
  e.preventDefault(); clicks++;
  fetch(PATH, { method: 'POST', body: 'x' + clicks });
  later(5, () => { if (FINAL) home(); });
};"""


async def test_signin_does_not_click_again_after_an_encrypted_request(through, stray: Stray):
    """A page that encrypts the password is not clicked again, although nothing changes for a while."""
    script = ENCRYPTED.replace("PATH", "'/check'").replace("FINAL", "true")
    assert await through(page(form(FIELD + NEXT), script), timeout=3) is None
    assert ["x1"] == stray.bodies


async def test_signin_clicks_again_if_a_page_posted_only_for_its_own_purposes(through, stray: Stray):
    """A page's reports about itself are not a reaction to a click, so a swallowed click is repeated."""
    path = "'/common/instrumentation/dssostatus'"
    script = ENCRYPTED.replace("PATH", path).replace("later(5", "later(0.2").replace("FINAL", "clicks > 1")
    assert await through(page(form(FIELD + NEXT), script), timeout=3) is None
    assert ["x1", "x2"] == stray.bodies


async def test_signin_does_not_click_on_a_page_that_came_meanwhile(through, stray: Stray, monkeypatch):
    """A page that loads between the inspection and the click, with a button of the same ID, is inspected first."""
    yes = "<form method=post action=/yes id=f><input type=submit id=idSIButton9 value=x></form>"
    no = "<input type=button id=idBtn_Back value=x onclick='home()'>"
    kmsi = page(f"<p id=KmsiDescription>x</p>{yes}{no}", "", "KmsiInterrupt")
    monkeypatch.setitem(strays.PAGES, "/stay", kmsi)

    async def acted_on(element, what):
        if "password" in what.text:
            await element.page.goto("https://login.microsoftonline.com/stay")

    assert await through(page(form(FIELD + NEXT)), acted_on=acted_on) is None
    assert [] == stray.bodies


async def test_signin_goes_on_if_an_element_cannot_be_photographed(through, stray: Stray):
    """An element that is gone before its screenshot is taken does not end the sign-in."""

    def acted_on(element, what):
        raise Error("Element is not attached to the DOM")

    assert await through(page(form(FIELD + NEXT)), acted_on=acted_on) is None
    assert 1 == len(stray.bodies)


async def test_an_element_that_is_gone_is_not_usable(session: Session):
    """An element that is gone is immediately known to be unusable, without an error."""
    tab = await session.tab()
    began = time.monotonic()
    assert not await elements.is_usable(tab.locator("#gone"))
    assert await elements.pinned(tab.locator("#gone")) is None
    assert time.monotonic() - began < 8  # the session's timeout is ten seconds


OTC = "<input name=otc><input type=submit id=idSubmit_SAOTCC_Continue value=x>"


class Seated(Somebody):
    """An operator at the terminal, who sees the page report an error before the first answer."""

    terminal = True

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.answers = ["111111", "222222"]
        self.session = session

    async def ask(self, what, *, hidden):
        if len(self.answers) == 2:
            await self.session.context.pages[-1].evaluate("by('idSpan_SAOTCC_Error_OTC').hidden = false")
        return Secret(self.answers.pop(0))


async def test_signin_types_no_code_into_a_page_that_went_on(through, session: Session, stray: Stray):
    """A code is not typed if the page has reported an error meanwhile; the operator is asked for another one."""
    operator = Seated(session)
    body = form(OTC) + "<span id=idSpan_SAOTCC_Error_OTC hidden>x</span>"
    assert await through(page(body, "", "ConvergedTFA"), operator=operator) is None
    assert ["otc=222222"] == stray.bodies


class Absent(Seated):
    """An operator who left the terminal."""

    async def ask(self, what, *, hidden):
        await asyncio.Future()


async def test_signin_does_not_ask_forever(through, session: Session, monkeypatch: pytest.MonkeyPatch):
    """A question that nobody answers stops the run with the reason for an absent operator."""
    monkeypatch.setattr(credentials_entry, "LIMIT", 0.5)
    stop = await through(page(form(OTC), "", "ConvergedTFA"), operator=Absent(session))
    assert Reason.MFA_TIMEOUT is stop.reason


async def test_signin_types_no_code_of_the_next_step_into_a_page_that_went_on(
    through, stray: Stray, monkeypatch: pytest.MonkeyPatch
):
    """If the page changes while the next time step is awaited, it is inspected again before a code is typed."""
    clock = [1021.0, 1016.0]
    monkeypatch.setattr(
        credentials_entry, "time", SimpleNamespace(time=lambda: clock.pop() if len(clock) > 1 else clock[0])
    )
    monkeypatch.setitem(strays.PAGES, "/stop", page(form(OTC), "", "ConvergedConditionalAccess"))
    script = "later(1, () => { location.href = '/stop'; });"
    used = UsedCodes(1016 // STEP)
    stop = await through(page(form(OTC), script, "ConvergedTFA"), totp=Secret(SEED), used=used)
    assert Reason.BLOCKED_BY_POLICY is stop.reason
    assert [] == stray.bodies


REFUSING = """document.forms[0].onsubmit = (e) => {
  e.preventDefault();
  fetch('/code', { method: 'POST', body: e.target.otc.value }).then(() => { SHOW });
};"""


@pytest.mark.parametrize(
    "show", ["by('idSpan_SAOTCC_Error_OTC').hidden = false", "document.querySelector('.alert-error').hidden = false"]
)
async def test_signin_says_that_the_codes_were_refused(show, through, stray: Stray, monkeypatch: pytest.MonkeyPatch):
    """A wrong seed whose codes are refused at once ends after the second, although that one changes nothing."""
    clock = iter(range(10**9, 10**10, STEP))
    monkeypatch.setattr(credentials_entry, "time", SimpleNamespace(time=lambda: next(clock)))
    body = form(OTC) + "<p id=idSpan_SAOTCC_Error_OTC hidden>x</p><p class=alert-error hidden>x</p>"
    began = time.monotonic()
    stop = await through(page(body, REFUSING.replace("SHOW", show), "ConvergedTFA"), totp=Secret(SEED), timeout=30)
    assert Reason.MFA_DENIED is stop.reason
    assert "another run" in stop.help.text
    assert 2 == len(set(stray.bodies))
    assert time.monotonic() - began < 25


async def test_signin_waits_if_another_run_has_the_code(through, stray: Stray, monkeypatch: pytest.MonkeyPatch):
    """The code of a step that another run of this computer sent is left to it: the next one is sent."""
    seed, clock = Secret(SEED), [1046.0, 1016.0]
    monkeypatch.setattr(
        credentials_entry, "time", SimpleNamespace(time=lambda: clock.pop() if len(clock) > 1 else clock[0])
    )
    assert claim(seed, 1016 // STEP)
    assert (
        await through(page(form(OTC), "later(1, () => { document.title = 'y'; });", "ConvergedTFA"), totp=seed) is None
    )
    assert [f"otc={code_at(seed, 1046).reveal()}"] == stray.bodies


async def test_signin_stops_at_a_visible_frame_that_led_on_to_a_refused_host(through, provider, stray: Stray):
    """A sign-in frame that navigates to a look-alike stops the run, even if it was too quick to block."""
    frame = "<iframe src='https://login.microsoft.com/by-script' width=300 height=200></iframe>"
    script = "const f = document.querySelector('form'); f.hidden = true; later(2, () => { f.hidden = false; });"
    stop = await through(page(frame + form(FIELD + NEXT), script), url=STS)
    assert Reason.UNEXPECTED_HOST is stop.reason
    assert [] == stray.bodies

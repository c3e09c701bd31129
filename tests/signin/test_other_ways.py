"""Registrations, passkeys and layouts that are not known: the way past them is taken, or the stop says why not."""

from __future__ import annotations

import time

import pytest
from support import stray as strays
from support.stray import Stray

from troubleshooter.model.enums import Reason

from .odd_pages import BOX, FIELD, HOME, NEXT, form, page


@pytest.mark.parametrize("id_", ["skipMfaRegistrationLink", "btnAskLater"])
async def test_signin_waits_for_a_way_past_a_registration(id_, through):
    """Sign-in waits for what skips registration, which may be rendered seconds after the rest."""
    link = f"<button id={id_} hidden onclick='home()'>y</button>"
    body = f"{BOX}<a id=idSubmit_ProofUp_Redirect href=#>x</a>{link}"
    script = f"later(3, () => {{ by('{id_}').hidden = false; }});"
    assert await through(page(body, script, "ConvergedProofUpRedirect")) is None


async def test_signin_says_soon_that_a_registration_is_required(through):
    """A page that shows no way past it, and is still, is not waited for until the time limit."""
    began = time.monotonic()
    stop = await through(
        page("<a id=idSubmit_ProofUp_Redirect href=#>x</a>", "", "ConvergedProofUpRedirect"), timeout=60
    )
    assert Reason.REGISTRATION_NEEDED is stop.reason
    assert time.monotonic() - began < 15


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


PHONE = "<div id=idDiv_RemoteNGC_PageDescription>x</div><div id=idRemoteNGC_DisplaySign>42</div>"
CHOOSING = """
by('LINK').onclick = () => show('next');
for (const tile of document.querySelectorAll('[data-test-cred-id]')) tile.onclick = () => {
  show(tile.dataset.testCredId === '1' ? 'enter' : 'phone');
};
"""


@pytest.mark.parametrize("link", ["idA_PWD_SwitchToCredPicker", "signInAnotherWay"])
async def test_signin_takes_the_password_of_an_account_that_signs_in_by_phone(link, through, stray: Stray):
    """The view of the phone only leads to other ways; the password is among them, and nobody has to approve."""
    body = (
        f"<div id=phone>{PHONE}<a id={link} href=#>x</a></div><div id=next hidden>{TILES}</div>"
        f"<form method=post action=/sent id=enter hidden>{FIELD}{NEXT}</form>"
    )
    assert await through(page(body, CHOOSING.replace("LINK", link))) is None
    assert ["passwd=Sw0rd%2Bfish+%26"] == stray.bodies


async def test_signin_takes_the_password_on_a_passkeys_page_of_an_unknown_id(through, stray: Stray, monkeypatch):
    """The picker and the password are views of the same document, whose id stays that of the passkey."""
    body = (
        f"<p id=key><a id=idA_PWD_SwitchToCredPicker href=#>x</a></p><div id=next hidden>{TILES}</div>"
        f"<form method=post action=/sent id=enter hidden>{FIELD}{NEXT}</form>"
    )
    html = page(body, CHOOSING.replace("LINK", "idA_PWD_SwitchToCredPicker"), "ConvergedFido")
    monkeypatch.setitem(strays.PAGES, "/x/fido/get", html)
    assert await through("", url="https://login.microsoft.com/x/fido/get") is None
    assert ["passwd=Sw0rd%2Bfish+%26"] == stray.bodies


async def test_signin_types_nothing_on_another_page_of_an_unknown_id(through, stray: Stray):
    """The same password view under an id that nobody knows, outside a passkey's pages, ends the sign-in."""
    stop = await through(page(form(FIELD + NEXT), "", "ConvergedNews"))
    assert Reason.UNKNOWN_SIGN_IN_SCREEN is stop.reason
    assert [] == stray.bodies


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
        ([(NEVER, "Altă metodă"), ("home()", "Săriți peste configurare")], None),
        ([(NEVER, "Salariul meu"), ("home()", "Sari peste")], None),
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


async def test_signin_waits_for_a_registration_site_that_is_drawn_in_two_steps(through, monkeypatch):
    """The header with its help comes at once, and what the page is for after seconds."""
    wizard = LINK.format("home()", "Set up later").replace("<button", "<button hidden id=late")
    html = page(f"<header><button>?</button></header>{wizard}", "later(4, () => { by('late').hidden = false; });", "")
    monkeypatch.setitem(strays.PAGES, "/register", html)
    assert await through("", url=WIZARD) is None


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


HERO = "<a id=hero-banner-sign-in-microsoft-365-link HOW>x</a>"
SIGNING_IN = f"<script>if (/auth=2/.test(location.search)) location.href = '{HOME}home';</script>"
DEAD = {
    "it is covered": "href='/?auth=2'>x</a><div style='position:fixed;inset:0;background:#fff'></div",
    "it opens a window": "href='/?auth=2' target=_blank",
    "its script does nothing": "href=# onclick='return false'",
}


@pytest.mark.parametrize("why", DEAD)
async def test_signin_leaves_a_front_page_whose_link_does_nothing(why, through, monkeypatch: pytest.MonkeyPatch):
    """The URL that leads directly to sign-in is opened, because the front page can be left at any time."""
    monkeypatch.setitem(strays.PAGES, "/", HERO.replace("HOW", DEAD[why]) + SIGNING_IN)
    assert await through("", url=HOME, timeout=2) is None


ACCOUNT = "<button id=mectrl_main_trigger>x</button>"


async def test_signin_follows_the_link_of_a_front_page_with_an_account_button(through, stray: Stray, monkeypatch):
    """The header of a front page offers to sign in, too: nobody is signed in until the link was followed."""
    monkeypatch.setitem(strays.PAGES, "/", ACCOUNT + HERO.replace("HOW", "href='/?auth=2'") + SIGNING_IN)
    assert await through("", url=HOME) is None
    assert ["/", "/", "/home"] == stray.documents("www.office.com")


@pytest.mark.parametrize(
    ("link", "followed"), [(HERO.replace("HOW", "href=/home"), 2), ("<a id=news href=/home>Sign in to the news</a>", 0)]
)
async def test_signin_does_not_follow_the_link_of_a_home_page_forever(link, followed, through, stray: Stray):
    """A home page that keeps the link is taken for one in the end, and another page's link is none of its own."""
    assert await through("", url=f"{HOME}home", home=ACCOUNT + link) is None
    assert 1 + followed == len(stray.documents("www.office.com", "/home"))


async def test_signin_leaves_a_front_page_that_shows_no_link(through):
    """If a redesigned front page shows no link, the URL that leads directly to sign-in is opened."""
    front = f"<h1>x</h1><script>if (/auth=2/.test(location.search)) location.href = '{HOME}home';</script>"
    strays.PAGES["/"] = front
    try:
        assert await through("", url=HOME, timeout=2) is None
    finally:
        del strays.PAGES["/"]

"""However a sign-in page sends what was typed, a password is sent once."""

from __future__ import annotations

import time

import pytest
from playwright.async_api import Error
from support import stray as strays
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import elements

from .odd_pages import FIELD, NEXT, OTC, PASSWORD, SEED, STS, form, page

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


LATE = {
    "a timer": "later(4, send);",
    "a timer, and a spinner of its own": "document.body.append('…'); later(4, send);",
    "a lookup that takes long": "fetch('/withheld/GetCredentialType', { signal: AbortSignal.timeout(12000) })"
    ".catch(send);",
}
"""What a page does for a while between the click and the submission, while its button stays as it is."""
SENDING = """const field = document.querySelector('form input');
const send = () => fetch('/check', { method: 'POST', body: field.name + field.value }).then(() => later(4, home));
by('BUTTON').onclick = (e) => { e.preventDefault(); LATE };"""


@pytest.mark.parametrize("why", LATE)
async def test_signin_sends_a_password_once_to_a_page_that_submits_it_late(why, through, stray: Stray):
    """A click that takes effect after seconds is not repeated, although nothing was sent until then."""
    script = SENDING.replace("BUTTON", "idSIButton9").replace("LATE", LATE[why])
    assert await through(page(form(FIELD + NEXT), script), timeout=20) is None
    assert [f"passwd{PASSWORD}"] == stray.bodies


async def test_signin_sends_a_code_once_to_a_page_that_submits_it_late(through, stray: Stray):
    """A one-time code is a secret, too."""
    script = SENDING.replace("BUTTON", "idSubmit_SAOTCC_Continue").replace("LATE", LATE["a timer"])
    assert await through(page(form(OTC), script, "ConvergedTFA"), totp=Secret(SEED), timeout=20) is None
    assert 1 == len(stray.bodies)


async def test_signin_clicks_again_although_a_lookup_came_before_the_click(through, stray: Stray):
    """A request that was there before the click and never ends is no reason to leave it at one click."""
    script = """fetch('/withheld/GetCredentialType').catch(() => {});
    let clicks = 0;
    by('idSIButton9').onclick = (e) => { clicks++; if (clicks < 2) e.preventDefault(); };"""
    assert await through(page(form(FIELD + NEXT), script)) is None
    assert ["passwd=Sw0rd%2Bfish+%26"] == stray.bodies


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

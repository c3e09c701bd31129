"""Requests on a phone and codes: each is waited for, sent or asked for once, and no wait is endless."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import pytest
from support import stray as strays
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.model.enums import Reason
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import approval, credentials_entry
from troubleshooter.signin.code_claims import claim
from troubleshooter.signin.totp import STEP, UsedCodes, code_at

from .odd_pages import BOX, NUMBER, OTC, SEED, Seated, Somebody, form, page

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

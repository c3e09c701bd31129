"""A page without known ids that refuses what was typed says so in an alert; other alerts end no sign-in."""

from __future__ import annotations

import time

import pytest
from support.stray import Stray

from troubleshooter.model.enums import Reason

from .odd_pages import FIELD, NAME, NEXT, form, page

SENDING = """by('idSIButton9').onclick = (e) => {
  e.preventDefault();
  const body = document.querySelector('form input').value;
  fetch(PATH, { method: 'POST', body, signal: AbortSignal.timeout(6000) }).catch(() => {}).then(() => { AFTER });
  DURING
};"""
ALERT = "<div role=alert id=alert {}>{}</div>"
REFUSAL = "by('alert').textContent = 'Contul sau parola este incorectă'; by('alert').hidden = false;"


def sending(after: str, during: str = "", path: str = "/check") -> str:
    """Return the script of a page that sends what was typed, and stays."""
    return SENDING.replace("PATH", f"'{path}'").replace("AFTER", after).replace("DURING", during)


@pytest.mark.parametrize("before", [ALERT.format("hidden", ""), ALERT.format("", ""), ALERT.format("", "Bun venit!")])
@pytest.mark.parametrize(("field", "reason"), [(FIELD, Reason.WRONG_PASSWORD), (NAME, Reason.UNKNOWN_USER)])
async def test_signin_says_what_an_alert_of_the_same_document_refuses(before, field, reason, through, stray: Stray):
    """The reason is what was typed; the advice is not to try again with more time."""
    began = time.monotonic()
    stop = await through(page(before + form(field + NEXT), sending(REFUSAL)), timeout=60)
    assert reason is stop.reason
    assert 1 == len(stray.bodies)
    assert time.monotonic() - began < 20


async def test_signin_says_what_an_alert_of_a_new_document_refuses(through):
    """The same, if the answer is a new page with the same field."""
    script = "if (location.hash) REFUSAL;" + sending("location.hash = 'x'; location.reload();")
    stop = await through(page(ALERT.format("hidden", "") + form(FIELD + NEXT), script.replace("REFUSAL", REFUSAL)))
    assert Reason.WRONG_PASSWORD is stop.reason


NOTICES = {
    "it was there before": (ALERT.format("", "Serviciul este întrerupt duminică"), ""),
    "it counts": (
        ALERT.format("", "Ora 9"),
        "setInterval(() => { by('alert').textContent = 'Ora ' + Date.now(); }, 300);",
    ),
    "it is empty": (ALERT.format("hidden style='height:9px'", ""), "by('alert').hidden = false;"),
    "it is hidden": (ALERT.format("hidden", ""), "by('alert').textContent = 'x';"),
    "it wants an answer": (ALERT.format("hidden", "Cookies? <button>OK</button>"), "by('alert').hidden = false;"),
}


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("field", [FIELD, NAME], ids=["password", "name"])
async def test_signin_goes_on_with_a_notice_that_is_about_something_else(notice, field, through):
    """An alert that did not come with the answer is no refusal, though the page takes its time to go on."""
    body, script = NOTICES[notice]
    assert await through(page(body + form(field + NEXT), sending("later(5, home)", script)), timeout=20) is None


@pytest.mark.parametrize("field", [FIELD, NAME], ids=["password", "name"])
async def test_signin_waits_for_a_page_that_says_that_it_works(field, through):
    """An alert that is shown until the answer comes is no refusal."""
    working = "by('alert').textContent = 'Se conectează…'; by('alert').hidden = false;"
    script = sending("home()", working, "/withheld/check")
    assert await through(page(ALERT.format("hidden", "") + form(field + NEXT), script), timeout=20) is None

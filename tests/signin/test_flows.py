"""On sign-in pages that behave oddly, in a real browser, the user name and the password are typed as they should be."""

from __future__ import annotations

import time

import pytest
from support import stray as strays
from support.stray import Stray

from troubleshooter.model.enums import Reason

from .odd_pages import FIELD, NAME, NEXT, form, page

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


REPLACED = """
const again = (id, times, seconds) => by(id).addEventListener('input', () => { if (times) later(seconds, () => {
  const fresh = by(id).cloneNode(); fresh.value = ''; by(id).replaceWith(fresh); again(id, times - 1, seconds);
}); });
"""


@pytest.mark.parametrize("seconds", [0.01, 0.15], ids=["at once", "a moment later"])
async def test_signin_fills_in_a_field_that_was_replaced(seconds: float, through, stray: Stray):
    """A page that replaces its field during typing has sent nothing, so the secret is typed into the new field."""
    script = f"{REPLACED} again('i0118', 1, {seconds});"
    script += "by('idSIButton9').onclick = (e) => { if (!by('i0118').value) e.preventDefault(); };"
    assert await through(page(form(FIELD + NEXT), script)) is None
    assert ["passwd=Sw0rd%2Bfish+%26"] == stray.bodies


async def test_signin_types_a_secret_once_into_a_page_that_sent_it_and_replaced_its_field(through, stray: Stray):
    """What a page has sent by itself is never typed again, though the field is another one."""
    script = """by('i0118').addEventListener('input', () => {
      fetch('/check', { method: 'POST', body: JSON.stringify({ passwd: by('i0118').value }) });
      const fresh = by('i0118').cloneNode(); fresh.value = ''; by('i0118').replaceWith(fresh); later(3, home);
    });
    by('idSIButton9').onclick = (e) => e.preventDefault();"""
    assert await through(page(form(FIELD + NEXT), script)) is None
    assert 1 == len(stray.bodies)


async def test_signin_sees_a_home_page_in_a_frame_that_is_drawn_late(through, monkeypatch):
    """The account button may come in a frame, while nothing changes in the page around it."""
    late = "setTimeout(() => { x.innerHTML = '<button id=O365_MainLink_Me>x</button>' }, 3000)"
    script = "by('idSIButton9').onclick = (e) => { e.preventDefault(); home(); };"
    monkeypatch.setitem(strays.PAGES, "/inner", f"<div id=x></div><script>{late}</script>")
    outer = "<iframe src=/inner style='width:600px;height:400px'></iframe>"
    began = time.monotonic()
    assert await through(page(form(FIELD + NEXT), script), home=outer, timeout=20) is None
    assert time.monotonic() - began < 15

"""A frame of a sign-in page that is refused stops the sign-in only if a person sees it."""

from __future__ import annotations

import pytest
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.model.enums import Reason

from .odd_pages import FIELD, NEXT, STS, form, page

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


async def test_signin_stops_at_a_visible_frame_that_led_on_to_a_refused_host(through, provider, stray: Stray):
    """A sign-in frame that navigates to a look-alike stops the run, even if it was too quick to block."""
    frame = "<iframe src='https://login.microsoft.com/by-script' width=300 height=200></iframe>"
    script = "const f = document.querySelector('form'); f.hidden = true; later(2, () => { f.hidden = false; });"
    stop = await through(page(frame + form(FIELD + NEXT), script), url=STS)
    assert Reason.UNEXPECTED_HOST is stop.reason
    assert [] == stray.bodies

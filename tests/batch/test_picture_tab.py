"""Pictures of many users are requested in one tab, in a real browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from troubleshooter.batch.picture_tab import PictureTab
from troubleshooter.browser.session import Session

PAGE, GOOD, BUSY = (f"https://contoso.sharepoint.com/{name}" for name in ("page", "good", "busy"))


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (64, 64), "#336699").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "control"])
async def test_an_answer_is_kept_while_the_other_one_is_throttled(kept: bool, session: Session):
    """A page does not request a picture again that it has shown, so its answer is kept until it is asked for again."""
    tab, asked = await session.tab(), []

    async def answer(route):
        asked.append(route.request.url)
        if route.request.url == BUSY and asked.count(BUSY) == 1:
            await route.fulfill(status=429, headers={"Retry-After": "2"})
        elif route.request.url == PAGE:
            await route.fulfill(body="<!doctype html><p>x", content_type="text/html")
        else:
            await route.fulfill(body=png(), content_type="image/png")

    await tab.route("**/*", answer)
    await tab.goto(PAGE)
    pictures = PictureTab(tab)
    good, busy = await pictures.served([GOOD, BUSY], 5)
    assert (True, True, "2") == (good.body is not None, busy.throttled, busy.retry_after)
    if kept:
        pictures.keep(GOOD, good)
    again, now = await pictures.served([GOOD, BUSY], 5)
    assert now.body is not None
    assert kept == (again.body is not None)
    assert 1 == asked.count(GOOD)
    if kept:
        (later,) = await pictures.served([GOOD], 5)
        assert later.body is None  # it was kept once

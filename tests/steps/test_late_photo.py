"""Initials on a page stand in for a photo that is on its way, in a real browser."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.pages.handles import held
from troubleshooter.steps.late_photo import once_drawn

PICTURE = "data:image/svg+xml," + quote('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"></svg>')
_BUTTON = """<button id=me style="width:48px;height:48px"><span class=fui-Avatar>
  <span class=fui-Avatar__initials style="display:block;width:48px;height:48px">AP</span></span></button>"""
FILLED = f"""() => setTimeout(() => {{
  document.querySelector('.fui-Avatar').innerHTML = `<img width=48 height=48 src="{PICTURE}">`;
}}, 700)"""
REPLACED = f"""() => setTimeout(() => {{
  document.querySelector('#me').outerHTML = `<button id=me><img width=48 height=48 src="{PICTURE}"></button>`;
}}, 700)"""
IN_SHADOW = f"""() => {{
  const root = document.querySelector('.fui-Avatar').attachShadow({{ mode: 'open' }});
  root.innerHTML = '<span class=fui-Avatar__initials style="display:block;width:48px;height:48px">AP</span>';
  setTimeout(() => {{ root.innerHTML = `<img width=48 height=48 src="{PICTURE}">`; }}, 700);
}}"""


@pytest.mark.parametrize(
    ("script", "has_answer", "shown"),
    [
        (FILLED, False, "img"),
        (REPLACED, False, "img"),
        (IN_SHADOW, False, "img"),
        ("() => {}", False, "initials"),
        (FILLED, True, "initials"),
    ],
    ids=["filled", "replaced", "in a shadow root", "never", "already answered that there is none"],
)
async def test_a_photo_that_comes_late_is_waited_for(script: str, has_answer: bool, shown: str, session: Session):
    """A photo that takes the place of the initials counts; initials count if none comes, or none can come any more."""
    tab = await session.tab()
    await tab.set_content(_BUTTON)
    button = tab.locator("#me")
    await tab.evaluate(script)

    async def find():
        return await held(button)

    async def look(root):
        return await avatars_in(root, tab.main_frame, itself=True)

    async def answered() -> bool:
        return has_answer

    found = await once_drawn(
        await held(button), find, look, Traffic(tab), tab.main_frame, seconds=3, has_answer=answered
    )
    assert shown == found[0].shown

"""Pictures of many cards on one page, in a real browser."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from support.stray import PAGES

from troubleshooter.batch.page_cards import cards_on_page
from troubleshooter.browser.session import Session
from troubleshooter.compare import Avatar
from troubleshooter.evidence.camera import Camera, CutOut
from troubleshooter.evidence.window_shot import Box
from troubleshooter.evidence.window_view import Element
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces.people_web_part import PEOPLE

from ..steps.visiting import visited

UPNS = [f"p{number}@contoso.com" for number in range(30)]
COLORS = {upn: (8 * number, 40, 250 - 8 * number) for number, upn in enumerate(UPNS)}
COVERED, UNFINISHED = UPNS[4], UPNS[11]
"""One card is behind something that stays; another one's picture never comes."""
URL = "https://contoso.sharepoint.com/team-of-thirty"


def _card(upn: str) -> str:
    drawn = io.BytesIO()
    Image.new("RGB", (96, 96), COLORS[upn]).save(drawn, "PNG")
    picture = f"data:image/png;base64,{base64.b64encode(drawn.getvalue()).decode()}"
    source = "/no-such-photo" if upn == UNFINISHED else picture
    veil = "<i style='position:absolute;inset:0;background:#fff'></i>" if upn == COVERED else ""
    return f"""<li style="position:relative;height:90px"><div class="ms-Persona"><div class="ms-Persona-coin">
      <img width=48 height=48 src="{source}"></div><a href="mailto:{upn}">{upn}</a></div>{veil}</li>"""


def _page() -> str:
    persons = {"id": PEOPLE, "instanceId": "one", "properties": {"persons": [{"upn": upn} for upn in UPNS]}}
    cards = "".join(map(_card, UPNS))
    return f"""<header style="position:fixed;top:0;left:0;right:0;height:250px;background:#036;z-index:9"></header>
      <div class=SPCanvas style="padding-top:260px"><i data-sp-webpartdata='{json.dumps(persons)}'></i>
      <div data-sp-web-part-id="{PEOPLE}" data-sp-feature-instance-id="one"><ul>{cards}</ul></div></div>"""


class CountingCamera(Camera):
    """A camera that counts the elements of which it takes a screenshot of their own."""

    alone = 0

    async def cut_out(self, element: Element, frame: object, at: Box | None = None) -> CutOut:
        self.alone += 1
        return await super().cut_out(element, frame, at)


@pytest.fixture
async def step(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StepRun:
    monkeypatch.setitem(PAGES, "/team-of-thirty", _page())
    opened = await visited(session, tmp_path, URL)
    opened.step.workspace.camera = CountingCamera(opened.step.workspace.camera.folder)
    return opened.step


def _shown(picture: Avatar) -> tuple[int, ...]:
    return tuple(map(int, picture.pixels[20, 20]))


async def test_everybody_has_their_own_picture_of_a_few_screenshots(step: StepRun):
    """A header over some cards is in no picture, and whoever stays covered, or whose picture never comes, has none."""
    found = await cards_on_page(step, step.workspace.tab, URL, UPNS)
    assert {upn: None if pictures is None else [*map(_shown, pictures)] for upn, pictures in found.items()} == {
        upn: None if upn in (COVERED, UNFINISHED) else [COLORS[upn]] for upn in UPNS
    }
    assert 0 == step.workspace.camera.alone

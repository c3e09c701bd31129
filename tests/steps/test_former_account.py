"""The face of an earlier owner of the account is covered in the pictures of pages that a run writes."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from support.fakes import ANA, HELPDESK, context, step_run

from troubleshooter.browser.session import Session
from troubleshooter.evidence.camera import COVER, Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Picture, Properties
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.pages.site_page import SitePage
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.workspace import Workspace

SITE = "https://contoso.sharepoint.com"
ASKED = f"_layouts/15/userphoto.aspx?size=S&accountname={ANA}"
RED = (255, 0, 0)
_FACES = {
    "another part": f"/sites/news/{ASKED}",
    "a byline": f"/portals/news/it/{ASKED}",
    "drawn": "data:image/gif;base64,R0lGODlhCQAJAIAAAAAAAP///yH5BAEAAAAALAAAAAAJAAkAAAIBRAA7",
    "central": f"/{ASKED}",
    "source": f"https://eur.loki.delve.office.com/api/v2/personaphoto?smtp={ANA}",
}
"""Addresses of pictures of the user: two from a site, one from nowhere, SharePoint's own copy, and the source."""


def properties(values: dict[str, str | None]) -> Properties:
    return Properties(of=ANA, read_at=datetime.now(UTC), url=SITE, status=200, values=values)


@pytest.mark.parametrize(
    ("read", "covered"),
    [
        ({"SPS-PictureTimestamp": None, "PictureURL": None}, True),
        ({}, True),
        ({"SPS-PictureTimestamp": "63896747365"}, False),
    ],
    ids=["never copied", "unreadable", "copied"],
)
async def test_a_sites_picture_is_covered_unless_sharepoint_had_one(
    read: dict[str, str | None], covered: bool, session: Session, tmp_path: Path
):
    """In a colleague's session; in and outside the places that show people. What SharePoint itself serves stays."""
    camera = Camera(RunFolder.new(tmp_path, "photo-differs", datetime.now(UTC), Redactor()))
    workspace = Workspace(session, camera, home="https://www.office.com", timeout=5)
    workspace.turn_to(await workspace.open_tab())
    tab, step = workspace.tab, step_run(context(HELPDESK), workspace)
    step.recorder.add(properties(read))
    await tab.goto(f"{SITE}/page")
    await tab.evaluate(
        """([part, byline, ...others]) => {
          const face = (url) => `<img width=48 height=48 style="background: red" src="${url}">`;
          document.body.innerHTML = `<p>${face(part)}</p><div data-automation-id=pageHeader>${face(byline)}</div>
            <div data-automation-id=pageHeader>${face(others[0])}</div><p>${face(others[1])}${face(others[2])}</p>`;
        }""",
        list(_FACES.values()),
    )
    visit = PageVisit(step, SitePage(tab, workspace.traffic(tab), 5))
    for header in await tab.query_selector_all("[data-automation-id]"):
        visit.leave_uncovered(*await avatars_in(header, tab.main_frame), surface=Surface.PAGE_BYLINE)
    await visit.photograph(message("The page"))
    await step.recorder.complete()
    (picture,) = step.recorder.of(Picture)
    with Image.open(camera.folder.path / picture.path) as written:
        boxes = [await image.bounding_box() for image in await tab.query_selector_all("img")]
        pixels = [written.convert("RGB").getpixel((int(b["x"] + 24), int(b["y"] + 24))) for b in boxes if b]
    hidden = [COVER if covered else RED] * 3
    seen = [min((COVER, RED), key=lambda color: math.dist(color, pixel)) for pixel in pixels]
    assert dict(zip(_FACES, [*hidden, RED, RED], strict=True)) == dict(zip(_FACES, seen, strict=True))

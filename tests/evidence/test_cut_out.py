"""An avatar cut out of the window is the same picture as the screenshot of its element, pixel by pixel."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from troubleshooter.browser.session import Session
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.evidence.window_shot import Box
from troubleshooter.evidence.window_view import box_of
from troubleshooter.pages.handles import held
from troubleshooter.redaction.redactor import Redactor

_FACE = """<body style="margin:0;height:3000px;background:linear-gradient(#fff,#9cf)"><b id=face
  style="position:absolute;left:{left}px;top:{top}px;width:47.5px;height:48px;border-radius:50%;
  background:conic-gradient(#c00,#0c0,#00c,#c00)"></b>"""


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    """Return a camera with an empty run folder."""
    return Camera(RunFolder.new(tmp_path, "photo-differs", datetime.now(UTC), Redactor()))


@pytest.mark.parametrize("by_script", [False, True])
@pytest.mark.parametrize(("left", "top"), [(100, 200), (100.4, 200.7), (0, 0), (1250, 400), (300, 2000)])
async def test_a_cut_out_equals_the_screenshot_of_the_element(
    left: float, top: float, by_script: bool, session: Session, camera: Camera
):
    """Also between pixels, at the window's edge, and outside the window, to which the page then scrolls.

    It makes no difference whether Playwright or a script on the page measures where the element is.
    """
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(_FACE.replace("{left}", str(left)).replace("{top}", str(top)))
    face = tab.locator("#face")
    kept = await camera.cut_out(await held(face) if by_script else face, tab.main_frame)
    wanted = await face.screenshot(scale="device", animations="disabled", caret="hide")
    with Image.open(camera.folder.path / kept.path) as ours, Image.open(io.BytesIO(wanted)) as theirs:
        assert theirs.size == ours.size == kept.px
        assert None is ImageChops.difference(ours.convert("RGB"), theirs.convert("RGB")).getbbox()
    assert None is kept.preview


async def test_several_cut_outs_of_one_screenshot_equal_single_ones(session: Session, camera: Camera):
    """What is not wholly in the window, has no box or is left out has none, and does not disturb the others."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    places = [(100, 200), (100.4, 200.7), (0, 0), (1250, 400), (300, 2000)]
    drawn = "".join(
        _FACE.replace("{left}", str(left)).replace("{top}", str(top)).replace("id=face", "class=face")
        for left, top in places
    )
    await tab.set_content(drawn)
    faces = await tab.locator(".face").all()

    async def where() -> list[Box | None]:
        return [*[await box_of(face) for face in faces], None]

    kept = await camera.cut_out_all(tab.main_frame, where)
    assert [True, True, True, False, False, False] == [one is not None for one in kept]
    for one, face in zip(kept[:3], faces[:3], strict=True):
        alone = await camera.cut_out(face, tab.main_frame)
        assert one
        with Image.open(camera.folder.path / one.path) as ours, Image.open(camera.folder.path / alone.path) as theirs:
            assert theirs.size == ours.size == one.px
            assert None is ImageChops.difference(ours.convert("RGB"), theirs.convert("RGB")).getbbox()


async def test_nothing_is_cut_out_of_a_page_that_keeps_moving(session: Session, camera: Camera):
    """A cut-out at a place where the element no longer is would show something else."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(_FACE.replace("{left}", "100").replace("{top}", "100"))
    face, moved = tab.locator("#face"), 0

    async def where() -> list[Box | None]:
        nonlocal moved
        moved += 1
        await face.evaluate("(face, moved) => { face.style.left = `${100 + moved}px`; }", moved)
        return [await box_of(face)]

    assert [None] == await camera.cut_out_all(tab.main_frame, where)


@pytest.mark.parametrize(("side", "size"), [(96, (192, 192)), (648, (648, 648))])
async def test_a_large_picture_is_kept_as_it_is_and_gets_a_preview(
    side: int, size: tuple[int, int], session: Session, camera: Camera
):
    """A small one is kept in device pixels, as avatars on pages are."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    picture = io.BytesIO()
    drawn = Image.effect_noise((side, side), 90) if side > 500 else Image.linear_gradient("L").resize((side, side))
    drawn.save(picture, "PNG")
    await tab.evaluate(
        """async (bytes) => {
          const image = new Image();
          image.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
          document.body.replaceChildren(image);
          await image.decode();
        }""",
        list(picture.getvalue()),
    )
    kept = await camera.cut_out_picture(tab.locator("img"), (side, side))
    assert size == kept.px
    assert (side == 648) == bool(kept.preview)
    if kept.preview:
        with Image.open(camera.folder.path / kept.preview) as preview:
            assert (320, 320) == preview.size

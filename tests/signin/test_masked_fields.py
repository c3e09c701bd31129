"""A screenshot never shows the contents of a sign-in field."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from support.fakes import HOME, MOMENT, context, step_run

from troubleshooter.browser.session import Session
from troubleshooter.evidence.camera import COVER, Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.message import message
from troubleshooter.model.records import Picture
from troubleshooter.signin import masked_fields
from troubleshooter.steps.workspace import Workspace

FIELDS = {
    "user name": '<input id="i0116" name="loginfmt" value="ana@contoso.com">',
    "password": '<input id="i0118" type="password" name="passwd" value="swordfish">',
    "code": '<input id="idTxtBx_SAOTCC_OTC" name="otc" value="123456">',
    "another provider": '<input id="userNameInput" value="ana@contoso.com">',
    "in a frame": "<iframe style='border:0;margin:0;width:300px;height:60px' "
    "srcdoc='<body style=margin:0><input type=password value=x style=width:100%;height:60px>'></iframe>",
}


ENCODING = 12
"""More than the report's encoding changes a color, and less than a letter."""


def apart(one: Image.Image, other: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Return by how much two pictures differ in `box`, at most, in a channel of 0 to 255."""
    extrema = ImageChops.difference(one.crop(box), other.crop(box)).getextrema()
    return max(most for _, most in extrema)


@pytest.mark.parametrize("markup", FIELDS.values(), ids=FIELDS)
async def test_typed_fields_are_covered(markup: str, session: Session, tmp_path: Path):
    """The whole field is covered, the rest of the page is unchanged, and nobody counts as masked."""
    tab = await session.tab()
    style = "<style>body{margin:0;background:#fff}body>input{width:300px;height:60px;box-sizing:border-box}</style>"
    await tab.set_content(f"{style}{markup}<p style='margin:90px 0 0;background:#f00;height:40px'></p>")
    await tab.wait_for_load_state("load")
    (tmp_path / "evidence").mkdir()
    camera = Camera(RunFolder(tmp_path))
    shown, covered = [
        await (await camera.window(tab, message("x"), typed=typed)).picture()
        for typed in ((), masked_fields.typed(tab))
    ]
    before, after = (Image.open(io.BytesIO((tmp_path / p.path).read_bytes())).convert("RGB") for p in (shown, covered))
    box = (4, 4, 280, 50)
    cover = Image.new("RGB", after.size, COVER)
    assert apart(after, cover, box) < ENCODING < apart(before, cover, box)
    assert apart(after, before, (0, 120, 600, 400)) < ENCODING
    assert 0 == covered.masked


REVEALED = "<input id=pw value=swordfish><textarea>x</textarea><input type=submit value=x><button>x</button>"


@pytest.mark.parametrize(("interactive", "at_home", "covered"), [(True, False, 2), (False, False, 0), (True, True, 0)])
async def test_every_field_is_covered_while_an_operator_signs_in(
    interactive: bool, at_home: bool, covered: int, session: Session
):
    """While an operator signs in, every text field is covered, even a password made readable by "show password"."""
    tab = await session.tab()
    await tab.set_content(REVEALED)
    seen = []

    class Counting:
        """A camera that counts the fields it has to cover."""

        async def window(self, page, caption, marks, measure, typed):
            seen.extend([await locator.count() for locator in typed])
            return Picture(path="", taken_at=MOMENT, caption=caption)

    workspace = Workspace(session, Counting(), home=HOME, timeout=1)
    workspace.turn_to(tab)
    if at_home:
        workspace.sign_in_is_over()
    await step_run(context(interactive=interactive, show_others=True), workspace).photograph(message("x"))
    assert [covered] == seen

"""A transparent picture that an encoder put on black is not taken for another photo."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from troubleshooter.compare import match

from .pictures import painted, shot, stored


def on(
    ground: tuple[int, int, int], seed: int, *, shape: str = "person", drawn: Image.Image | None = None
) -> Image.Image:
    """Return a figure, cut out of a painted picture, on a background."""
    mask = Image.new("L", (400, 400))
    pen = ImageDraw.Draw(mask)
    if shape == "person":
        pen.ellipse((130, 60, 270, 220), fill=255)
        pen.ellipse((60, 210, 340, 520), fill=255)
    else:
        pen.polygon([(200, 40), (360, 330), (40, 330)], fill=255)
    page = Image.new("RGB", (400, 400), ground)
    page.paste(drawn or painted(seed), mask=mask)
    return page


@pytest.mark.parametrize("shape", ["person", "logo"])
@pytest.mark.parametrize("page", [(255, 255, 255), (243, 242, 241), (41, 40, 39)])
@pytest.mark.parametrize("px", [48, 96])
def test_a_transparent_picture_on_black_is_undetermined(shape, page, px):
    """On the page's color in one place, on black in the other: nothing is claimed, and the reason is given."""
    found = match(shot(on(page, 1, shape=shape), px), stored(on((0, 0, 0), 1, shape=shape)))
    assert (str(found.verdict), found.code) in {("undetermined", "transparent"), ("same", "same")}


@pytest.mark.parametrize("seed", range(10, 20))
def test_another_figure_on_black_is_different(seed):
    """Two figures of one shape on two backgrounds are not taken for one transparent picture."""
    assert match(shot(on((255, 255, 255), 1), 72), stored(on((0, 0, 0), seed))).code in ("other-photo", "colour")


def test_a_mirrored_or_colored_figure_on_black_is_different():
    """What is drawn must agree; a colored background is no page."""
    mirrored = painted(1).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for other in (on((0, 0, 0), 1, drawn=mirrored), on((160, 20, 30), 1)):
        assert str(match(shot(on((255, 255, 255), 1), 72), stored(other)).verdict) == "different"

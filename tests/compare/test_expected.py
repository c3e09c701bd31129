"""The part of the expected photo that an avatar shows is found and reported."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from troubleshooter.compare import load, match_expected

from .pictures import LARGE, painted, png, shot


def wide(seed: int) -> Image.Image:
    """Return a 900 × 600 px original."""
    return painted(seed).resize((900, 600), Image.Resampling.BICUBIC)


@pytest.mark.parametrize(
    ("left", "top", "side"), [(150, 0, 600), (0, 0, 600), (300, 100, 400), (500, 200, 300), (40, 330, 240)]
)
def test_the_crop_that_is_shown_is_found(left, top, side):
    """The crop that is shown is found wherever it lies, and is reported in shares of the original."""
    original = wide(1)
    shown = shot(original.crop((left, top, left + side, top + side)), 72)
    found = match_expected(load(png(original)), shown)
    assert str(found.verdict) == "same"
    assert found.part is not None
    assert np.allclose(found.part, (left / 900, top / 600, side / 900, side / 600), atol=0.03)
    reported = [float(found.said.args[name]) for name in ("left", "top", "width", "height")]
    assert np.allclose(reported, [100 * share for share in found.part], atol=0.51)


def test_the_whole_square_is_its_own_part():
    """A square original that is shown whole is the same photo, and the reported part is all of it."""
    found = match_expected(load(png(painted(2))), shot(painted(2), 48))
    assert str(found.verdict) == "same"
    assert found.part == (0.0, 0.0, 1.0, 1.0)
    assert found.said.text == "the same photo"


@pytest.mark.parametrize("seed", range(60, 70))
def test_another_photo_is_no_crop_of_it(seed):
    """A different photo is not found in any crop of the original."""
    found = match_expected(load(png(wide(3))), shot(painted(seed), 48))
    assert str(found.verdict) == "different"


def test_a_tiny_original_is_undetermined():
    """A comparison with a tiny original is undetermined."""
    assert str(match_expected(load(png(painted(4).resize((12, 12)))), shot(painted(4), 48)).verdict) == "undetermined"
    assert LARGE > 12


def toned(image: Image.Image, red: float, blue: float) -> Image.Image:
    """Return the picture with some levels more of red and of blue."""
    return Image.fromarray(np.clip(np.asarray(image) + np.array([red, 0, blue]), 0, 255).astype(np.uint8))


@pytest.mark.parametrize("box", [(150, 0, 750, 600), (40, 30, 440, 430)], ids=["middle", "elsewhere"])
@pytest.mark.parametrize("seed", range(1, 5))
def test_an_open_answer_about_colors_stays_open(seed, box):
    """A slight tint is undetermined in whichever crop it is shown; the search for crops makes no other crop of it."""
    original = wide(seed)
    found = match_expected(load(png(original)), shot(toned(original.crop(box), 4, -3), 72))
    assert (str(found.verdict), found.code) == ("undetermined", "colour")


@pytest.mark.parametrize("box", [(150, 0, 750, 600), (40, 30, 440, 430)], ids=["middle", "elsewhere"])
@pytest.mark.parametrize("seed", range(1, 5))
def test_a_certain_tint_stays_a_difference(seed, box):
    """A photo that was really tinted differs in whichever crop it is shown, whatever its saturation says."""
    original = wide(seed)
    found = match_expected(load(png(original)), shot(toned(original.crop(box), 14, -14), 72))
    assert (str(found.verdict), found.code) == ("different", "colour")

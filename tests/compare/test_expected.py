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

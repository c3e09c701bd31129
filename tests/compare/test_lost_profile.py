"""A photo whose color profile was lost on the way is not taken for a photo with other colors, and the reverse."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from troubleshooter.compare import load, match, match_expected
from troubleshooter.compare.lost_profile import SPACES
from troubleshooter.sandbox.color_profile import without_profile
from troubleshooter.sandbox.people import SUBJECT
from troubleshooter.sandbox.portraits import portrait

from .pictures import painted, png, shot, stored


def lost(image: Image.Image, space: str) -> Image.Image:
    """Return the values of `image` in `space`, read as if they were sRGB."""
    values = np.asarray(image.convert("RGB")) / 255
    light = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    wide = np.clip(light @ np.linalg.inv(SPACES[space].to_srgb).T, 0, 1)
    gamma = SPACES[space].gamma
    curve = (
        wide ** (1 / gamma) if gamma else np.where(wide <= 0.0031308, wide * 12.92, 1.055 * wide ** (1 / 2.4) - 0.055)
    )
    return Image.fromarray(np.round(curve * 255).astype(np.uint8))


def vivid(seed: int) -> Image.Image:
    """Return a picture with strong colors, in which a lost profile is plain to see."""
    return ImageEnhance.Color(painted(seed)).enhance(1.3)


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("px", [48, 96])
def test_a_lost_profile_is_no_difference(space, seed, px):
    """Whichever side lost it: the same where it cannot be seen, else cannot tell, and the reason names the space."""
    for one, other in ((vivid(seed), lost(vivid(seed), space)), (lost(vivid(seed), space), vivid(seed))):
        found = match(stored(one), shot(other, px))
        assert str(found.verdict) != "different"
        if found.code != "same":
            assert found.code == "lost-profile"
            assert "color profile" in found.said.text


@pytest.mark.parametrize("change", [
    lambda i: ImageEnhance.Color(i).enhance(0.4),
    lambda i: ImageEnhance.Color(i).enhance(1.9),
    lambda i: i.convert("L").convert("RGB"),
    lambda i: Image.merge("RGB", i.split()[::-1]),
    lambda i: Image.fromarray(np.clip(np.asarray(i) * [1.1, 1, 0.85], 0, 255).astype(np.uint8)),
    lambda i: Image.fromarray(np.clip(np.asarray(i) + np.array([-9, 9, 0]), 0, 255).astype(np.uint8)),
    lambda i: ImageEnhance.Brightness(i).enhance(1.2),
], ids=["faded", "vivid", "grey", "swapped", "warm", "green", "brighter"])  # fmt: skip
@pytest.mark.parametrize("seed", range(4))
def test_a_photo_with_other_colors_stays_different(change, seed):
    """No color space explains what somebody did to the colors."""
    found = match(stored(vivid(seed)), shot(change(vivid(seed)), 72))
    assert found.code not in ("same", "lost-profile")


def test_the_sandboxs_photo_without_its_profile():
    """The subject's portrait: its thumbnail has lost the profile, in the middle of the file and in a crop of it."""
    photo = portrait(SUBJECT, 0)
    dull = without_profile(photo)
    assert match(stored(photo), shot(dull, 72)).code == "lost-profile"
    part = (60, 40, 560, 540)
    assert match_expected(load(png(photo)), shot(dull.crop(part), 72)).code in ("lost-profile", "same")

"""`match` says whether two avatars show the same photo, whatever the page did to them, and why."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from troubleshooter.compare import Match, match
from troubleshooter.compare.match import LIGHT_DOUBT, LIGHT_LIMIT, LIMIT, SMALLEST
from troubleshooter.compare.signals import limits
from troubleshooter.model.enums import MatchVerdict

from .pictures import BLUE, DARK, LARGE, WHITE, cropped, painted, shot, stored

GREEN = (107, 183, 0)


def verdict(found: Match) -> tuple[str, str]:
    return str(found.verdict), found.code


@pytest.mark.parametrize("page", [WHITE, (243, 242, 241), DARK, BLUE])
@pytest.mark.parametrize("px", [24, 32, 48, 100, 240])
def test_one_photo_is_the_same_on_every_page_at_every_size(page, px):
    """A photo is the same whatever its size and the page's color."""
    found = match(stored(painted(1), 648, 70), shot(painted(1), px, page))
    assert verdict(found) == ("same", "same")
    assert found.score is not None and found.score <= found.limit == LIMIT


@pytest.mark.parametrize(
    "how",
    [
        {"badge": GREEN},
        {"ring": BLUE},
        {"ring": BLUE, "gap": 2},
        {"ring": (0, 0, 0), "gap": 3, "badge": GREEN},
        {"strip": 1},
        {"corner": 0.12},
        {"corner": 0.0},
        {"corner": 0.12, "strip": 1},
    ],
    ids=str,
)
@pytest.mark.parametrize("px", [36, 72])
def test_rings_badges_strips_and_corners_are_no_difference(how, px):
    """Rings, badges, strips of the page and corners do not count as a difference."""
    assert verdict(match(shot(painted(2), px, **how), stored(painted(2)))) == ("same", "same")


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("px", [36, 48, 96])
def test_a_badge_at_the_left_is_no_difference(seed, px):
    """A badge, even on the left as on right-to-left pages, is not a difference and does not hide one."""
    badged = shot(painted(seed), px, badge=GREEN, leftwards=True)
    assert verdict(match(badged, stored(painted(seed)))) == ("same", "same")
    assert MatchVerdict.DIFFERENT is match(badged, stored(painted(seed + 100))).verdict


@pytest.mark.parametrize("quality", [60, 75, 92])
@pytest.mark.parametrize("side", [48, 120, 648])
def test_storing_again_is_no_difference(side, quality):
    """Resampling, JPEG quality and chroma subsampling do not count as a difference."""
    assert verdict(match(stored(painted(3), side, quality), shot(painted(3), 56))) == ("same", "same")


@pytest.mark.parametrize("seed", range(20, 40))
def test_another_photo_is_different(seed):
    """Two different photos are never taken for the same photo."""
    found = match(stored(painted(4)), shot(painted(seed), 48))
    assert verdict(found) == ("different", "other-photo")
    assert found.score is not None and found.score > found.limit


@pytest.mark.parametrize("part", [0.75, 0.8, 0.9])
def test_a_closer_crop_is_different_and_says_by_how_much(part):
    """A closer or wider crop is a different photo, and the result says by how much."""
    found = match(stored(painted(5)), shot(cropped(painted(5), part), 64))
    assert verdict(found) == ("different", "recropped")
    assert found.amount == pytest.approx(1 / part - 1, abs=0.02)
    assert found.said.template == "re-cropped: {percent} % closer"
    back = match(shot(cropped(painted(5), part), 64), stored(painted(5)))
    assert back.said.template == "re-cropped: {percent} % wider"
    assert back.amount == pytest.approx(part - 1, abs=0.02)


def test_a_crop_within_the_limit_is_the_same_and_beyond_it_is_not():
    """A crop within the limit is the same photo, just beyond it undetermined, and further beyond different."""
    scale, _ = limits(100)
    assert verdict(match(shot(painted(6), 100), shot(cropped(painted(6), 1 - 0.6 * scale), 100)))[0] == "same"
    assert verdict(match(shot(painted(6), 100), shot(cropped(painted(6), 1 / (1.006 + scale)), 100))) == (
        "undetermined",
        "recropped",
    )
    assert verdict(match(shot(painted(6), 100), shot(cropped(painted(6), 1 / (1.02 + scale)), 100)))[0] == "different"


def test_a_shift_is_different_and_says_by_how_much():
    """A shift by 8 % of the diameter makes a photo different, and the result says by how much."""
    whole = cropped(painted(7), 0.8)
    found = match(stored(whole), shot(cropped(painted(7), 0.8, across=0.064), 48))
    assert verdict(found) == ("different", "shifted")
    assert found.amount == pytest.approx(0.08, abs=0.01)
    _, limit = limits(48)
    near = match(stored(whole), shot(cropped(painted(7), 0.8, across=0.8 * 0.5 * limit), 48))
    assert verdict(near)[0] == "same"


@pytest.mark.parametrize("how", [{}, {"badge": GREEN}], ids=str)
def test_a_mirror_image_is_different(how):
    """A mirrored photo is different, with or without a badge."""
    found = match(stored(painted(8)), shot(ImageOps.mirror(painted(8)), 48, **how))
    assert verdict(found) == ("different", "mirrored")


def test_greyscale_is_different_and_named():
    """A grayscale copy is different, and the result says so."""
    assert verdict(match(stored(painted(9)), shot(painted(9).convert("L"), 48))) == ("different", "greyscale")


def test_a_grey_photo_is_the_same_as_itself():
    """A photo without color is the same as itself, not a grayscale copy."""
    grey = painted(9).convert("L").convert("RGB")
    assert verdict(match(stored(grey), shot(grey, 48))) == ("same", "same")


@pytest.mark.parametrize(("factor", "words"), [(1.25, "brighter"), (0.75, "darker")])
def test_light_is_different_and_says_which_way(factor, words):
    """A photo that is 25 % brighter or darker is different, and the result says which."""
    lit = ImageEnhance.Brightness(painted(10)).enhance(factor)
    found = match(stored(painted(10)), shot(lit, 48))
    assert verdict(found) == ("different", "brightness")
    assert words in found.said.text
    assert found.amount == pytest.approx(factor - 1, abs=0.03)


@pytest.mark.parametrize(
    ("factor", "expected"),
    [(1 + LIGHT_LIMIT - 0.03, "same"), ((2 + LIGHT_LIMIT + LIGHT_DOUBT) / 2, "undetermined"), (1.12, "different")],
)
def test_both_sides_of_the_limit_of_light(factor, expected):
    """As a photo gets brighter it is first the same, then undetermined, then different."""
    dim = ImageEnhance.Brightness(painted(10)).enhance(0.8)
    lit = ImageEnhance.Brightness(dim).enhance(factor)
    assert verdict(match(shot(dim, 96), shot(lit, 96)))[0] == expected


def test_a_negative_is_undetermined():
    """A negative is undetermined, because a browser's forced dark mode inverts pale gray photos."""
    grey = painted(15).convert("L").convert("RGB")
    assert verdict(match(stored(grey), shot(ImageOps.invert(grey), 48))) == ("undetermined", "colour")


def test_a_tint_is_different():
    """A tinted photo is different although its structure is the same."""
    red, green, blue = painted(11).split()
    tinted = Image.merge("RGB", (red.point(lambda v: v + 22), green.point(lambda v: v - 10), blue))
    assert verdict(match(stored(painted(11)), shot(tinted, 48))) == ("different", "colour")


def test_a_retouched_place_is_not_the_same():
    """A photo with a small retouched area is not the same, although as a whole it is within the limit."""
    changed = painted(12).copy()
    box = (0.3 * LARGE, 0.3 * LARGE, 0.47 * LARGE, 0.45 * LARGE)
    ImageDraw.Draw(changed).ellipse(box, fill=(20, 20, 30))
    found = match(stored(painted(12)), shot(changed, 96))
    assert found.verdict != MatchVerdict.SAME


def test_too_small_is_undetermined_and_says_how_small():
    """A picture below the smallest diameter is undetermined, and the result says how small it is."""
    found = match(stored(painted(13)), shot(painted(13), 16))
    assert verdict(found) == ("undetermined", "too-small")
    assert found.score is None
    assert found.said.text == "too small to tell: 16 px"
    assert match(stored(painted(13)), shot(painted(13), round(SMALLEST))).code != "too-small"


def test_a_photo_and_nothing_are_different():
    """A blank picture differs from a photo, but a comparison of two blank pictures is undetermined."""
    blank = Image.new("RGB", (LARGE, LARGE), (120, 120, 120))
    assert verdict(match(stored(painted(14)), shot(blank, 48))) == ("different", "placeholder")
    assert verdict(match(stored(blank), shot(blank, 48))) == ("undetermined", "not-a-photo")

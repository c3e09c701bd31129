"""An avatar is recognized as a photo, initials, a silhouette or blank."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from troubleshooter.compare import kind_of, load
from troubleshooter.model.enums import Kind

from .pictures import BLUE, DARK, LARGE, WHITE, painted, png, shot, stored

ORANGE, GREY, PALE = (202, 80, 16), (122, 117, 116), (225, 223, 221)


def initials(text: str, ground: tuple[int, int, int], ink: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", (LARGE, LARGE), ground)
    font = ImageFont.load_default(0.4 * LARGE)
    ImageDraw.Draw(image).text((LARGE / 2, LARGE / 2), text, font=font, fill=ink, anchor="mm")
    return image


def person(ground: tuple[int, int, int], ink: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", (LARGE, LARGE), ground)
    pen = ImageDraw.Draw(image)
    pen.ellipse((0.31 * LARGE, 0.19 * LARGE, 0.69 * LARGE, 0.57 * LARGE), fill=ink)
    pen.ellipse((0.12 * LARGE, 0.62 * LARGE, 0.88 * LARGE, 1.3 * LARGE), fill=ink)
    return image


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("px", [24, 48, 120])
def test_a_photo_is_a_photo(seed, px):
    """A picture with structure and colors at all scales is a photo."""
    assert kind_of(shot(painted(seed), px)) == Kind.PHOTO


@pytest.mark.parametrize("text", ["A", "MK", "ABC", "WW", "ȘȚ", "ЖЮ"])
@pytest.mark.parametrize(("ground", "ink"), [(ORANGE, WHITE), (WHITE, ORANGE), (DARK, WHITE), (GREY, WHITE)])
@pytest.mark.parametrize("how", [{}, {"ring": BLUE}, {"badge": (107, 183, 0)}, {"page": DARK}], ids=str)
def test_initials_in_any_colour_with_ring_badge_or_dark_page(text, ground, ink, how):
    """Letters in a single color on a plain background are initials, with or without a ring, a badge or a dark page."""
    assert kind_of(shot(initials(text, ground, ink), 48, **how)) == Kind.INITIALS


@pytest.mark.parametrize(("ground", "ink"), [(PALE, WHITE), (PALE, GREY), (DARK, GREY)])
@pytest.mark.parametrize("px", [28, 48, 96])
def test_a_drawn_person_is_a_silhouette(ground, ink, px):
    """A drawn head and shoulders is a silhouette, even if the tenant's placeholder is not known."""
    assert kind_of(shot(person(ground, ink), px)) == Kind.SILHOUETTE


def test_the_tenants_placeholder_is_a_silhouette_whatever_it_shows():
    """The tenant's picture for people without a photo is a silhouette, whatever it shows; other photos are photos."""
    learned = [stored(painted(50), 96)]
    assert kind_of(shot(painted(50), 48), learned) == Kind.SILHOUETTE
    assert kind_of(shot(painted(51), 48), learned) == Kind.PHOTO


def test_one_colour_a_pixel_and_transparency_are_blank():
    """A picture of one color, of one pixel or of transparent pixels is blank."""
    assert kind_of(load(png(Image.new("RGB", (96, 96), ORANGE)))) == Kind.BLANK
    assert kind_of(load(png(Image.new("RGB", (1, 1))))) == Kind.BLANK
    assert kind_of(load(png(Image.new("RGBA", (64, 64), (9, 9, 9, 0))))) == Kind.BLANK


@pytest.mark.parametrize("ring", [None, BLUE])
@pytest.mark.parametrize("px", [32, 48, 60])
def test_two_wide_ideographs_that_come_close_to_the_rim_are_initials(ring, px):
    """Two wide ideographs that come close to the rim are initials; a photo of the same size is a photo."""
    image = Image.new("RGB", (LARGE, LARGE), ORANGE)
    pen = ImageDraw.Draw(image)
    for left in (0.12, 0.54):
        right, line = left + 0.32, round(0.045 * LARGE)
        for x in (left, (left + right) / 2, right):
            pen.line([(x * LARGE, 0.36 * LARGE), (x * LARGE, 0.71 * LARGE)], WHITE, line)
        for y in (0.54, 0.71) if left < 0.5 else (0.36, 0.54, 0.71):
            pen.line([(left * LARGE, y * LARGE), (right * LARGE, y * LARGE)], WHITE, line)
    assert kind_of(shot(image, px, DARK, ring=ring, gap=2 if ring else 0)) == Kind.INITIALS
    assert kind_of(shot(painted(3), px, DARK, ring=ring, gap=2 if ring else 0)) == Kind.PHOTO

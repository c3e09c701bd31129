"""A picture of one color shows nothing; one with anything on it does."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from troubleshooter.compare.one_color import is_one_color


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG"])
def test_an_empty_window_is_told_from_one_with_a_line(form):
    """An empty window is of one color, however it is stored; a single line of text makes the difference."""
    for drawn in (False, True):
        image, out = Image.new("RGB", (640, 480), "#ffffff"), BytesIO()
        if drawn:
            ImageDraw.Draw(image).text((20, 20), "Sign in", "#000000")
        image.save(out, form)
        assert is_one_color(out.getvalue()) is not drawn


def test_what_is_no_picture_is_not_of_one_color():
    assert not is_one_color(b"RIFF....WEBPVP8 ")

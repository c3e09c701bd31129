"""A PNG keeps its picture and loses what programs wrote into it."""

from __future__ import annotations

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from troubleshooter.redaction.png import without_texts


def png(info: PngInfo | None) -> bytes:
    """Return a small picture, with texts."""
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def test_texts_go_and_the_picture_stays():
    """Plain, compressed and international texts go, and what follows the last chunk; the pixels are the same."""
    info = PngInfo()
    info.add_text("Comment", "swordfish")
    info.add_text("Packed", "swordfish", zip=True)
    info.add_itxt("Title", "swordfish", zip=True)
    data = png(info)
    assert b"tEXt" in data
    assert b"zTXt" in data
    assert png(None) == without_texts(data + b"swordfish")


def test_what_is_no_png_stays():
    """Another format, and a PNG that is cut off, come back as they are."""
    for data in (b"", b"\xff\xd8\xff swordfish", png(None)[:200]):
        assert data == without_texts(data)

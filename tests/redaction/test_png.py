"""A PNG keeps its picture but loses the texts that programs wrote into it."""

from __future__ import annotations

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from troubleshooter.redaction.png import without_texts


def png(info: PngInfo | None) -> bytes:
    """Return a small PNG with the texts in `info`."""
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def test_texts_go_and_the_picture_stays():
    """All kinds of text chunks and any data after the last chunk are removed, and the pixels stay the same."""
    info = PngInfo()
    info.add_text("Comment", "swordfish")
    info.add_text("Packed", "swordfish", zip=True)
    info.add_itxt("Title", "swordfish", zip=True)
    data = png(info)
    assert b"tEXt" in data
    assert b"zTXt" in data
    assert png(None) == without_texts(data + b"swordfish")


def test_what_is_no_png_stays():
    """Data in another format and a truncated PNG are returned unchanged."""
    for data in (b"", b"\xff\xd8\xff swordfish", png(None)[:200]):
        assert data == without_texts(data)

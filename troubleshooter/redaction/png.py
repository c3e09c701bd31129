"""Removes everything but the picture from a PNG. Pure: chunks only, no pixels."""

from __future__ import annotations

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def without_texts(data: bytes) -> bytes:
    """Return a PNG without its text and EXIF chunks; anything that is not a complete PNG is returned unchanged."""
    if not data.startswith(_SIGNATURE):
        return data
    kept, at = [_SIGNATURE], len(_SIGNATURE)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            return data
        if data[at + 4 : at + 8] not in _TEXTS:
            kept.append(data[at:end])
        at = end
    # What follows the last chunk is not part of the picture.
    return b"".join(kept)

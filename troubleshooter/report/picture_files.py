"""Embeds the evidence's pictures as `data:` URLs, so that the report is a single file."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)


class PictureFiles:
    """The picture files of one run's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._known: dict[str, str | None] = {}

    def embed(self, path: str | None) -> str | None:
        """Return the picture at `path` as a `data:` URL; None if the folder contains no such picture."""
        if not path:
            return None
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> str | None:
        try:
            file = (self._folder / path).resolve()
            if not file.is_relative_to(self._folder):
                return None
            data = file.read_bytes()
        except (OSError, ValueError):
            return None
        kind = _kind(data)
        return f"data:{kind};base64,{b64encode(data).decode('ascii')}" if kind else None


def _kind(data: bytes) -> str | None:
    """Return the media type that the first bytes identify."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)

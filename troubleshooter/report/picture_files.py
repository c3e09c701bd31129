"""Puts the evidence's pictures on the page: each embedded once, in the style, and named as a file beside the page.

An `<img>` has the file's relative address, and the style replaces what it shows by the embedded bytes. So the page
alone shows every picture; and where a server's policy refuses inline styles and `data:` addresses, the files are shown.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)
_EMPTY_WINDOW = 20_000
"""Bytes up to which the picture of a window may show nothing; one that shows something is larger."""


@dataclass(frozen=True)
class ShownPicture:
    """A picture on the page."""

    css: str
    """The class by which the style finds it; the same for equal pictures."""
    src: str
    """Its file, relative to the page; or its bytes, as a `data:` URL."""


class PictureFiles:
    """The picture files of one run's folder, and which of them the page shows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._folder = folder.resolve()
        self._read: dict[str, bytes | None] = {}
        self._shown: dict[str, str] = {}

    def show(self, path: str | None) -> ShownPicture | None:
        """Return the picture at `path` to be put on the page; None if the folder contains no such picture."""
        data = self._data(path)
        if not path or data is None:
            return None
        css = f"p-{sha256(data).hexdigest()[:16]}"
        self._shown.setdefault(css, _as_url(data))
        return ShownPicture(css, quote(path))

    def embed(self, path: str | None) -> str | None:
        """Return the picture at `path` as a `data:` URL; None if the folder contains no such picture."""
        data = self._data(path)
        return None if data is None else _as_url(data)

    def is_empty(self, path: str) -> bool:
        """Return whether the picture of a window shows nothing, such as a window that has just been opened."""
        data = self._data(path)
        if data is None or len(data) > _EMPTY_WINDOW:
            return False
        from troubleshooter.compare.one_color import is_one_color  # noqa: PLC0415 - takes long to load

        return is_one_color(data)

    @property
    def style(self) -> Markup:
        """Return the rules that fill in the pictures shown so far, each once."""
        rules = (f'.{css}{{content:url("{url}")}}' for css, url in self._shown.items())
        return Markup("\n".join(rules))  # noqa: S704 - hexadecimal digits and Base64

    def _data(self, path: str | None) -> bytes | None:
        if not path:
            return None
        if path not in self._read:
            self._read[path] = self._bytes(path)
        return self._read[path]

    def _bytes(self, path: str) -> bytes | None:
        try:
            file = (self._folder / path).resolve()
            if Path(path).is_absolute() or not file.is_relative_to(self._folder):
                return None
            data = file.read_bytes()
        except (OSError, ValueError):
            return None
        return data if _kind(data) else None


class EmbeddedPictures(PictureFiles):
    """The picture files of one run's folder, for a page that is written somewhere else: each is part of the page."""

    def show(self, path: str | None) -> ShownPicture | None:
        """Return the picture at `path` with its bytes; None if the folder contains no such picture."""
        url = self.embed(path)
        return None if url is None else ShownPicture("", url)


def _as_url(data: bytes) -> str:
    return f"data:{_kind(data)};base64,{b64encode(data).decode('ascii')}"


def _kind(data: bytes) -> str | None:
    """Return the media type that the first bytes identify."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)

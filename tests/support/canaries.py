"""Searches everything that was written for values that must not be in it, in every spelling."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from html.entities import codepoint2name
from pathlib import Path
from urllib.parse import quote, quote_plus

_DATA = re.compile(rb"data:[a-z/+-]+;base64,([A-Za-z0-9+/=]+)")


def spelled(value: str) -> list[str]:
    """Return the spellings of `value`, independently of the product's own list."""
    raw = value.encode()
    ways = [
        value,
        quote(value, safe=""),
        quote(value),
        quote_plus(value),
        quote(quote(value, safe=""), safe=""),
        "".join(f"%{byte:02X}" for byte in raw),
        html.escape(value),
        html.escape(value, quote=False),
        "".join(f"&#{ord(character)};" for character in value),
        "".join(f"&#x{ord(character):x};" for character in value),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(value)[1:-1].replace("/", "\\/"),
        json.dumps(json.dumps(value))[3:-3],
        html.escape(json.dumps(value)[1:-1]),
        repr(value)[1:-1],
        repr("'\"" + value)[4:-1],
        ascii(value)[1:-1],
        "".join(f"\\u{ord(character):04x}" for character in value),
        "".join(f"&#{ord(character):04};" for character in value),
        "".join(
            f"&{codepoint2name[ord(character)]};" if ord(character) in codepoint2name else character
            for character in value
        ),
        html.escape(value).replace("&#x27;", "&apos;"),
        repr(raw)[2:-1],
        quote(value, safe="", encoding="latin-1", errors="ignore"),
        "".join(f"%u{ord(character):04X}" for character in value),
        raw.hex(),
    ]
    for bytes_ in (raw, value.encode("utf-16-le")):
        for before in range(3):
            start, end = -(-before * 4 // 3), (before + len(bytes_)) * 4 // 3
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                way = encode(bytes(before) + bytes_).decode()[start:end]
                ways += [way, quote(way, safe=""), quote(quote(way, safe=""), safe="")]
                ways += [way.replace("/", "\\/"), way.replace("+", "\\u002B").replace("/", "\\u002F")]
    return list(dict.fromkeys(ways))


def _inside(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield `data` and everything that is packed in it."""
    yield name, data
    if data.startswith(b"\x1f\x8b"):
        yield from _inside(f"{name}!gzip", gzip.decompress(data))
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for inner in packed.namelist():
                yield from _inside(f"{name}!{inner}", packed.read(inner))
    if data.startswith(b"\x89PNG"):
        for kind, chunk in _chunks(data):
            if kind in (b"zTXt", b"iTXt"):
                for at in range(len(chunk)):
                    if chunk[at] == 0x78:
                        try:
                            yield f"{name}!{kind.decode()}", zlib.decompress(chunk[at:])
                        except zlib.error:
                            continue
    for number, found in enumerate(_DATA.finditer(data)):
        yield from _inside(f"{name}!data-{number}", base64.b64decode(found[1] + b"=="))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size


def found_in(written: dict[str, bytes], canaries: dict[str, str]) -> set[tuple[str, str]]:
    """Return which of `canaries` (name to value) is in which of `written` (name to bytes), in any spelling."""
    ways = {name: [way.encode().lower() for way in spelled(value)] for name, value in canaries.items()}
    found = set()
    for file, data in written.items():
        for place, bytes_ in [(f"the name of {file}", file.encode()), *_inside(file, data)]:
            low = bytes_.lower()
            found |= {(name, place) for name, forms in ways.items() if any(form in low for form in forms)}
    return found


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below `folder`, keyed by relative path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

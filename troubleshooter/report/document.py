"""Builds HTML documents that need nothing but themselves: templates with escaping on, own files, and their hashes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from troubleshooter.locale import catalogue

_TOKENS = Path(__file__).parent / "tokens.css"
"""The colors and the scale of every page, for light and dark."""
_FLAG = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")
_ADDRESS = re.compile(r"(?<!\S)(?:https://|www\.)[^\s\"'<>]*[^\s\"'<>.,;:)]")


@cache
def environment(lang: str, *folders: Path) -> Environment:
    """Return the templates of `folders` in `lang`, compiled once, because compiling takes longer than rendering."""
    templates = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["flags"] = _flags
    templates.filters["cut"] = _cut
    templates.filters["linked"] = _linked
    templates.globals["_"] = catalogue(lang).gettext
    return templates


def own_file(path: Path) -> Markup:
    """Return one of the product's own files, to be put into a document as it is."""
    return Markup(path.read_text(encoding="utf-8").replace("\r\n", "\n"))  # noqa: S704 - our own file


def style_of(*files: Path) -> Markup:
    """Return the style of a page: the shared colors and scale, and then its own style sheets."""
    return Markup("").join(map(own_file, (_TOKENS, *files)))


def policy(style: str, script: str, pictures: str, *more_styles: str, beside: bool = False) -> str:
    """Return a content security policy that allows our styles, our script and `pictures`, and nothing else.

    Args:
        beside: whether a style file beside the document is allowed as well.
    """
    own = "'self' " if beside else ""
    styles = own + " ".join(f"'{_digest(text)}'" for text in (style, *more_styles))
    return (
        f"default-src 'none'; img-src {pictures}; style-src {styles}; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _flags(text: str) -> Markup:
    """Return `text` with each option name kept on one line."""
    return Markup(_FLAG.sub(r'<code class="flag">\1</code>', str(escape(text))))  # noqa: S704 - escaped first


def _linked(text: str) -> Markup:
    """Return `text`, escaped, with each address that begins with https:// or www. as a link."""
    pieces, end = [Markup()], 0
    for found in _ADDRESS.finditer(text):
        target = found[0] if found[0].startswith("https:") else f"https://{found[0]}"
        pieces += [escape(text[end : found.start()]), Markup('<a href="{}">{}</a>').format(target, found[0])]
        end = found.end()
    return Markup().join([*pieces, escape(text[end:])])


def _cut(text: str, wanted: Collection[str]) -> list[str]:
    """Return `text` in pieces, so that each of `wanted` that it contains is a piece of its own."""
    found = sorted(filter(text.__contains__, wanted), key=len, reverse=True)
    return re.split(f"({'|'.join(map(re.escape, found))})", text) if found else [text]


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")

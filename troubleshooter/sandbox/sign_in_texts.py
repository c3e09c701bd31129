"""The texts of the sign-in pages in four languages, from site/sign_in_texts.

Each file lists under `_from_facts` the texts that are known from the real service; all others are the sandbox's own,
and nothing should depend on them.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import Request

_FOLDER = Path(__file__).with_name("site") / "sign_in_texts"
LOCALES: Mapping[str, tuple[str, int]] = {
    "en": ("en-US", 1033),
    "ro": ("ro-RO", 1048),
    "de": ("de-DE", 1031),
    "ja": ("ja-JP", 1041),
}
"""The page's mkt and lcid, by language."""


def language_of(request: Request) -> str:
    """Return the first language of Accept-Language if there are texts in it, else English."""
    first = request.headers.get("accept-language", "").strip().lower()[:2]
    return first if first in LOCALES else "en"


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return the sign-in texts in `language`, keyed by name."""
    texts: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return {name: text for name, text in texts.items() if not name.startswith("_")}

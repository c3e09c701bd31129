"""Extracts every user-visible text from the package's sources."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract

ROOT = Path(__file__).parents[2]
KEYWORDS = {"message": None, "_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "StepDefinition": (3,)}
PLACE = re.compile(r"\{\w+\}")
METHODS = {".py": "python", ".html": "jinja2"}


def texts() -> dict[str, str]:
    """Return each text with the file and line of its first use."""
    found: dict[str, str] = {}
    for file in _sources():
        with file.open("rb") as source:
            for line, found_texts, _comments, _context in extract(METHODS[file.suffix], source, KEYWORDS):
                for text in (found_texts,) if isinstance(found_texts, str) else found_texts or ():
                    if text and PLACE.sub("", text).strip():
                        found.setdefault(text, f"{file.relative_to(ROOT).as_posix()}:{line}")
    return found


def _sources() -> Iterator[Path]:
    for folder in (ROOT / "troubleshooter", ROOT / "scenarios"):
        for suffix in METHODS:
            yield from (
                file for file in sorted(folder.rglob(f"*{suffix}")) if "sandbox" not in file.relative_to(ROOT).parts
            )

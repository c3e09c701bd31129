"""Extracts every user-visible text from the package's sources."""

import ast
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


def plain_words() -> Iterator[tuple[str, str]]:
    """Yield the words that code gives to a message as a plain argument: file and line, and the words."""
    for file in _sources():
        if file.suffix != ".py":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "message":
                for value in (keyword.value for keyword in call.keywords if keyword.arg):
                    for node in ast.walk(value):
                        said = constants.get(node.id) if isinstance(node, ast.Name) else getattr(node, "value", None)
                        if isinstance(said, str) and re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", said):
                            yield f"{file.relative_to(ROOT).as_posix()}:{node.lineno}", said

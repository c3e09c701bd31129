"""Packs what was found into one file, and leaves out a page in which a known name is still found."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import unquote

from troubleshooter import __version__
from troubleshooter.survey.findings import Findings
from troubleshooter.survey.outline import outline
from troubleshooter.survey.result import result
from troubleshooter.survey.texts import index, readme

NAME = "survey.zip"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: it says nothing."""
_LEFT_OUT = b"<!-- This page was left out: a name that nobody may read was still found in it. -->\n"


def files_of(findings: Findings, known: Iterable[str]) -> dict[str, bytes]:
    """Return the files of the archive by name.

    Args:
        known: values that no file may contain, such as the account's user name.
    """
    values = [value.casefold() for value in known]
    data = result(findings, version=__version__, date=f"{datetime.now(UTC):%Y-%m-%d}")
    files = {
        "README.txt": readme(data).encode(),
        "index.html": index(data).encode(),
        "answers.json": json.dumps(data, ensure_ascii=False, indent=1).encode(),
        "log.txt": "".join(f"{line}\n" for line in findings.log).encode(),
    }
    for name, page in findings.pages.items():
        page_data = unless_found(values, page.data)
        files[f"pages/{name}.html"] = page_data
        files[f"pages/{name}.txt"] = outline(page_data).encode()
    return {name: unless_found(values, data) for name, data in files.items()}


def unless_found(values: Iterable[str], data: bytes) -> bytes:
    """Return `data`; if one of `values` is in it, a remark in its place."""
    text = data.decode("utf-8", "replace").casefold()
    plain = [text, unquote(text), html.unescape(text)]
    return _LEFT_OUT if any(value in one for value in values for one in plain) else data


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return `files` as a ZIP archive."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()

"""Searches a copy for what it must not contain, in every encoding in which it might be there.

The record of a copy is made so that there is nothing to find. The search proves it for each copy before it is kept.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

from troubleshooter.evidence.outside.texts import own_texts
from troubleshooter.model.records import Record
from troubleshooter.urls import host_of

_SHORTEST = 5
"""Characters of the shortest text that is searched for: a shorter one is in other words by chance."""
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s\"'<>]+")
_SITE_HOST = re.compile(r"[\w-]{1,63}\.sharepoint\.(?:com|de|us|cn)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_MICROSOFT = ("office.com", "microsoft.com", "cloud.microsoft", "microsoftonline.com", "microsoft365.com", "example")
_SHARED = ("sharepoint", "_layouts", "_api", "sitepages", "userphoto.aspx", "sites")


@dataclass(frozen=True)
class Identities:
    """What names the people, the company and the pages of a run, and the digests of its pictures."""

    texts: tuple[str, ...]

    def without_words_of(self, own: str) -> Identities:
        """Return these without the plain words that the product itself writes into every copy (`own`)."""
        said = own.casefold() + own_texts()
        return Identities(tuple(t for t in self.texts if not (_WORD.fullmatch(t) and t.casefold() in said)))


def identities_of(record: Record, *more: str) -> Identities:
    """Return what a copy of `record` must not contain."""
    whole = json.dumps(record.model_dump(mode="json"), ensure_ascii=False)
    found = {
        record.subject,
        record.subject_name,
        record.signed_in_as,
        record.tenant,
        record.account,
        record.ticket,
        *more,
    }
    found |= {record.id} if not re.fullmatch(r"\d{8}T\d{6}Z-[a-z-]+(-\d+)?", record.id) else set()
    decoded = unquote(whole)
    found |= set(_MAIL.findall(decoded)) | set(_GUID.findall(decoded)) | set(re.findall(r"\b[0-9a-f]{64}\b", whole))
    found |= {part for host in _SITE_HOST.findall(decoded) for part in _parts(f"https://{host}/")}
    found |= {mail.partition("@")[0] for mail in _MAIL.findall(decoded)}
    found |= {part for url in _URL.findall(whole) for part in _parts(url)}
    found |= {part for name in (record.subject_name or "",) for part in name.split()}
    texts = {text.strip() for text in found if text}
    return Identities(tuple(sorted(text for text in texts if len(text) >= _SHORTEST)))


def _parts(url: str) -> Iterator[str]:
    """Yield what in an address may name the company or the page."""
    host = host_of(url)
    if not host or "{" in host or host.endswith(_MICROSOFT):  # a sentence has places for addresses
        return
    yield host
    yield from (label for label in host.split(".")[:1] if label not in _SHARED)
    path = url.partition(host)[2].partition("?")[0]
    last = path.rstrip("/").rpartition("/")[2]
    if last.endswith(".aspx") and last.casefold() not in _SHARED:
        yield from (last, unquote(last))


def remaining(folder: Path, identities: Identities) -> list[tuple[str, str]]:
    """Return what of `identities` is in a file or a file's name of `folder`, each with the name of the file."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        data = file.read_bytes().lower() + name.lower().encode()
        found += [(name, text) for text in identities.texts if any(form in data for form in forms(text))]
    return found


def forms(text: str) -> set[bytes]:
    """Return `text` in lower case in every encoding in which a file may contain it."""
    spelled = {text, text.lower(), text.upper(), text.casefold()}
    written: set[str] = set()
    for one in spelled:
        written |= {one, quote(one), quote(one, safe=""), quote_plus(one), escape(one), json.dumps(one)[1:-1]}
        written.add("".join(f"&#{ord(c)};" for c in one))
    found = {form.encode(how).lower() for form in written for how in ("utf-8", "utf-16-le", "utf-16-be")}
    return found | {form.lower() for one in spelled for form in _in_base64(one)}


def _in_base64(text: str) -> Iterator[bytes]:
    """Yield what base64 makes of `text` wherever it begins in the data: the characters that depend on nothing else."""
    for how in ("utf-8", "utf-16-le"):
        data = text.encode(how)
        for before in range(3):
            encoded = b64encode(bytes(before) + data)
            first, rest = (0, 2, 3)[before], (before + len(data)) % 3
            inner = encoded.rstrip(b"=")[first : -1 if rest else None]
            if len(inner) >= _SHORTEST + 1:
                yield inner

"""What reads texts, files and answers from outside, each with what may come: a table that both fuzzers use.

A check returns if the input was read, or refused in the one way that is foreseen. Any other exception is a defect.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from troubleshooter.batch.acceptances import read_acceptances
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.results import RESULTS, SUMMARY, read_results, read_summary
from troubleshooter.batch.user_list import read_users
from troubleshooter.compare.picture import UnreadablePicture, load, size_of
from troubleshooter.compare.upload import UnfitPhoto, checked
from troubleshooter.errors import InputError
from troubleshooter.evidence.record_file import RECORD
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.identity.photo_address import account_in, cut_account, object_id_in, source_of, stem_of
from troubleshooter.model.records import Record
from troubleshooter.model.what_changed import what_changed
from troubleshooter.pages.canvas import people_in
from troubleshooter.pages.library import _page_item
from troubleshooter.pages.profile_api import profile_in, site_copy_in
from troubleshooter.pages.sharepoint_api import response_of, rows_in
from troubleshooter.redaction.patterns import redact_address, redact_picture_address
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.report import render
from troubleshooter.run.repairs import read_repairs
from troubleshooter.signin.codes import ending_code, reason_of, refusing_code
from troubleshooter.signin.probe import Probe
from troubleshooter.surfaces import stored_thumbnail
from troubleshooter.surfaces.people_web_part import PEOPLE
from troubleshooter.tenant.hosts import host_policy
from troubleshooter.tenant.open import read_tenant
from troubleshooter.tenant.strays import kind_of

from ..batch.lists import TENANT as _TENANT
from ..batch.made import result
from ..batch.stored import summary
from ..report.outcomes import SAMPLES
from ..report.samples import Folder
from .evidence import archives, check_archive, check_file, files

TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
"""Any text, with surrogates and control characters."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
_KEYS = st.sampled_from(
    [
        *(
            "d",
            "value",
            "results",
            "UserProfileProperties",
            "Key",
            "Value",
            "Name",
            "Picture",
            "Url",
            "FileRef",
            "Title",
        ),
        *(
            "webPartId",
            "id",
            "instanceId",
            "properties",
            "persons",
            "authors",
            "authorByline",
            "layout",
            "upn",
            "email",
        ),
        *("AccountName", "DisplayName", "SPS-PictureTimestamp", "CanvasContent1", "status", "text", "date"),
    ]
)
_VALUES = st.sampled_from([PEOPLE, "PictureURL", "SPS-PictureTimestamp", "ana@contoso.com", "i:0#.f|membership|a@b.c"])
ANSWERS = st.recursive(
    _VALUES | JSON,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=20,
)
"""JSON with the keys that the product looks for, and anything in them."""
_POLICY = host_policy("worldwide", ["https://www.office.com", "https://contoso.sharepoint.com"])


@dataclass(frozen=True)
class Target:
    """One reader of something from outside."""

    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def _in_file(name: str, content: str | bytes, read: Callable[[Path], object], *foreseen: type[Exception]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        try:
            read(file)
        except foreseen as error:
            assert str(error)


def _tenant(content: str | bytes) -> None:
    _in_file("tenant.toml", content, read_tenant, InputError)


def _locators(content: str | bytes) -> None:
    _in_file("locators.toml", content, read_repairs, InputError)


def _record(content: str | bytes) -> None:
    def read(file: Path) -> None:
        folder = RunFolder(file.parent)
        render(folder.for_report(folder.read_record()), folder.path)

    _in_file(RECORD, content, read, InputError)


def _users(content: str | bytes) -> None:
    _in_file("users.csv", content, lambda file: read_users(file, _TENANT), InputError)


def _known(content: str | bytes) -> None:
    _in_file("known.csv", content, read_acceptances, InputError)


def _results(content: str | bytes) -> None:
    _in_file(RESULTS, content, lambda file: list(read_results(file.parent)), InputError)


def _summary(content: str | bytes) -> None:
    _in_file(SUMMARY, content, lambda file: what_changed(read_summary(file.parent)), InputError)


def _journal(content: bytes) -> None:
    _in_file(JOURNAL, content, lambda file: Journal.resume(file, Redactor()).close(), InputError)


def _signin(found: tuple[dict[str, Any], str]) -> None:
    fields, url = found
    try:
        probe = Probe(**{**fields, "url": url})
    except ValidationError:
        return
    for code in (ending_code(probe), refusing_code(probe, new_document=True, before="0")):
        reason_of(code)
    assert probe.path is not None


def _answer(data: Any) -> None:
    text = json.dumps(data)
    if isinstance(data, dict):
        response_of("https://x.example", data)
    response = response_of("https://x.example", {"status": 200, "text": text, "date": str(data)[:40]})
    profile_in(response.data)
    site_copy_in(response.data, "ana@contoso.com")
    people_in(text)
    for row in rows_in(response.data):
        _page_item(row, "https://contoso.sharepoint.com")


def _picture(data: bytes) -> None:
    size_of(data)
    try:
        load(data)
    except UnreadablePicture as error:
        assert error.why
    _in_file("x.png", data, checked, UnfitPhoto)


def _address(url: str) -> None:
    for read in (account_in, object_id_in, source_of, stem_of, kind_of, redact_picture_address, redact_address):
        read(url)
    cut_account(url, "ana@contoso.com")
    stored_thumbnail.addresses(url, "https://contoso-my.sharepoint.com")
    assert not (_POLICY.may_type(url) and not url.lower().startswith("https:"))
    redact_address(f"<a href='{url}'>$Config={{\"urlPost\":{json.dumps(url)}}};</a>")


def _sample() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        record: Record = SAMPLES["out-of-sync"](Folder(Path(folder)))
        data: dict[str, Any] = json.loads(record.model_dump_json(by_alias=True))
    return data


SAMPLE = _sample()


def _paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, inner in inside for path in _paths(inner, (*at, key)))]


def _with(path: tuple[Any, ...], new: Any) -> str:
    data = json.loads(json.dumps(SAMPLE))
    if not path:
        return json.dumps(new)
    where = data
    for key in path[:-1]:
        where = where[key]
    where[path[-1]] = new
    return json.dumps(data)


def _changed(sample: dict[str, Any]) -> st.SearchStrategy[str]:
    """Return JSON like `sample`, with one field changed."""
    return st.builds(lambda name, value: json.dumps({**sample, name: value}), st.sampled_from(sorted(sample)), JSON)


_TOML = st.builds(
    lambda key, value, more: f'name = "x"\nsharepoint = "https://contoso.sharepoint.com"\n{key} = {value}\n{more}',
    st.sampled_from(["my", "cloud", "name", "options.timeout", "network", "visit_hosts", "accounts.a.password", "x"]),
    st.one_of(TEXT, JSON.map(lambda value: json.dumps(value, ensure_ascii=False)), st.just("[" * 40)),
    st.one_of(TEXT, st.just('[accounts.a]\nusername = "a@b.c"\n')),
)
_ROWS = st.builds(
    lambda key, value: f"[locators]\n{key} = {value}\n",
    st.one_of(st.sampled_from(['"home.waffle"', "home.waffle", "a.b.c"]), TEXT),
    st.one_of(
        st.text("#.[]:()>+~*=\"'\\ abis|^$,-\n", max_size=30).map(json.dumps),
        JSON.map(lambda value: json.dumps(value, ensure_ascii=False)),
    ),
)
_CELLS = st.one_of(
    st.text(st.sampled_from(" \t,;|'\"=\n@aA.#\u200b\x00\u00e9"), max_size=12),
    st.sampled_from(
        ["ana@contoso.com", "https://contoso.sharepoint.com/a.aspx", "i:0#.f|membership|a@b.c", "2026-12-31"]
    ),
)
_TABLES = st.builds(
    lambda heading, rows, mark, code: "\n".join(mark.join(row) for row in [heading, *rows]).encode(code, "replace"),
    st.lists(
        st.sampled_from(["upn", "page", "expect", "changed_at", "account", "reason", "until", "mail", ""]), min_size=1
    ),
    st.lists(st.lists(_CELLS, max_size=5), max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
_DATABASES = st.sampled_from([b"", b"SQLite format 3\0", b"SQLite format 3\0\x10\0\1\1\0\x40\x20\x20" + bytes(76)])
_RESULT = json.loads(result(1).model_dump_json())
_SUMMARY = json.loads(summary().model_dump_json(by_alias=True))
_HEADS = st.sampled_from(
    [
        *(b"", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"\xff\xd8\xff\xe1\0\x20Exif\0\0"),
        *(
            b"GIF89a",
            b"BM",
            b"RIFF\x20\0\0\0WEBPVP8 ",
            b"RIFF\x20\0\0\0WEBPVP8L",
            b"\0\0\x01\0\x01\0",
            b"II*\0\x08\0\0\0",
        ),
        b"\0\0\0\x18ftypavif",
    ]
)
_URLS = st.one_of(
    TEXT,
    st.builds(
        lambda scheme, host, path, query: f"{scheme}{host}/{path}?{query}",
        st.sampled_from(["https://", "http://", "//", "https:\\", "javascript:", ""]),
        st.one_of(
            TEXT, st.sampled_from(["contoso.sharepoint.com", "[::1]", "[x", "xn--\ud800", "xn--a-ecp.ru", "a@b", "a:b"])
        ),
        TEXT,
        st.one_of(TEXT, st.sampled_from(["username=a", "accountname=i:0%23.f|a@b.c", "aadobjectid=", "code=1"])),
    ),
)
_PROBES = st.tuples(
    st.dictionaries(
        st.sampled_from(sorted(Probe.model_fields)), st.one_of(TEXT, JSON, st.lists(TEXT, max_size=3)), max_size=5
    ),
    _URLS,
)

TARGETS: Mapping[str, Target] = {
    "tenant file": Target(st.one_of(_TOML, TEXT, st.binary(max_size=200)), _tenant),
    "locators.toml": Target(st.one_of(_ROWS, TEXT, st.binary(max_size=200)), _locators),
    "record.json": Target(
        st.one_of(st.builds(_with, st.sampled_from(_paths(SAMPLE)), JSON), TEXT, st.binary(max_size=200)), _record
    ),
    "sign-in page": Target(_PROBES, _signin),
    "answers of the API": Target(ANSWERS, _answer),
    "list of users": Target(st.one_of(_TABLES, TEXT, st.binary(max_size=200)), _users),
    "known differences": Target(st.one_of(_TABLES, TEXT, st.binary(max_size=200)), _known),
    "results.jsonl": Target(st.one_of(_changed(_RESULT), TEXT, st.binary(max_size=200)), _results),
    "summary.json": Target(st.one_of(_changed(_SUMMARY), TEXT, st.binary(max_size=200)), _summary),
    "journal.sqlite": Target(st.builds(lambda head, rest: head + rest, _DATABASES, st.binary(max_size=300)), _journal),
    "files about evidence": Target(files(JSON), check_file),
    "zip files of runs": Target(st.one_of(archives(), st.binary(max_size=200)), check_archive),
    "pictures": Target(st.builds(lambda head, rest: head + rest, _HEADS, st.binary(max_size=300)), _picture),
    "addresses": Target(_URLS, _address),
}
"""The readers, by what they read."""

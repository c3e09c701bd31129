"""A copy for outside the company names nobody, whatever was in the record, and keeps what was found."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image, ImageChops, ImageStat
from pydantic import BaseModel

from troubleshooter.diagnose import exit_code
from troubleshooter.diagnose.consistency import contradicts_itself
from troubleshooter.errors import InputError
from troubleshooter.evidence.archive import archive
from troubleshooter.evidence.integrity import discrepancies
from troubleshooter.evidence.outside import search, texts
from troubleshooter.evidence.outside.stand_ins import StandIns
from troubleshooter.model.enums import Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import (
    Change,
    FoundPage,
    Hop,
    LastKnown,
    LocatorMatch,
    Mixup,
    PhotoFile,
    Placeholder,
    Previous,
    Properties,
    Record,
    Replaced,
    Stop,
    WebPartPeople,
)
from troubleshooter.run import outside_copy as module
from troubleshooter.run.outside_copy import outside_copy

from ...report.outcomes import SAMPLES
from ...report.samples import START, Folder

CANARY = "Zyx{}qv"
"""A word that is nobody's and nowhere else."""


def canaries() -> Iterator[str]:
    """Yield canaries without end."""
    number = 0
    while True:
        number += 1
        yield CANARY.format(number)


def planted(record: Record, found: list[str]) -> Record:
    """Return `record` with a canary of its own in every text that a page, a person or a program may have put there."""
    names = canaries()

    def plant(value: Any, key: str) -> Any:
        if isinstance(value, Message):
            other = {name: plant(getattr(value, name), name) for name in type(value).model_fields if name != "parts"}
            return value.model_copy(update={**other, "template": value.template})
        if isinstance(value, BaseModel):
            return value.model_copy(update={n: plant(getattr(value, n), n) for n in type(value).model_fields})
        if isinstance(value, dict):
            return {name: plant(inner, name) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(plant(inner, key) for inner in value)
        if type(value) is not str or key in ("shot", "path", "shots", "preview", "file", "template"):
            return value
        found.append(canary := next(names))
        return f"{value} {canary}" if key not in ("subject", "of", "signed_in_as") else f"{canary}@contoso.com"

    return plant(record, "")


def in_every_encoding(text: str) -> set[bytes]:
    """Return `text` as a file may contain it, in lower case."""
    written = {text, quote(text), html.escape(text), json.dumps(text)[1:-1]}
    found = {form.encode(how).lower() for form in written for how in ("utf-8", "utf-16-le", "utf-16-be")}
    for how in ("utf-8", "utf-16-le"):
        for before in range(3):
            whole = base64.b64encode(bytes(before) + text.encode(how)).decode().rstrip("=")
            found.add(whole[(0, 2, 3)[before] : -1].lower().encode())
    return found


def everything(folder: Path) -> bytes:
    """Return every byte of a folder in lower case: names, files, and what `data:` URLs in them contain."""
    parts = []
    for file in sorted(folder.rglob("*")):
        parts.append(file.relative_to(folder).as_posix().encode())
        if file.is_file():
            data = file.read_bytes()
            parts += [data, *map(base64.b64decode, re.findall(rb"data:[\w/+-]+;base64,([A-Za-z0-9+/=]+)", data))]
    return b"\n".join(parts).lower()


def full(folder: Folder) -> Record:
    """Return a record in which every field is used that may name somebody."""
    base = SAMPLES["out-of-sync"](folder)
    shot, digest = folder.keep(Image.new("RGB", (99, 99), "#123456"))
    page = "https://contoso.sharepoint.com/sites/Layoffs/SitePages/Ana-leaves.aspx"
    first = base.sightings[0]
    answer = first.response.model_copy(
        update={
            "url": page,
            "hops": (Hop(status=302, url=page, headers={"etag": "x"}),),
            "headers": {"etag": "secret", "cache-control": "private, max-age=60", "via": "proxy.contoso.com"},
        }
    )
    return base.model_copy(
        update={
            "sightings": (first.model_copy(update={"response": answer, "preview": shot}), *base.sightings[1:]),
            "stop": None,
            "expected": None,
            "photo": PhotoFile(
                name="Ana.jpg", shot=shot, sha256=digest, format="JPEG", bytes=20481, natural_px=(99, 99)
            ),
            "replaced": Replaced(surface=Surface.ACCOUNT_PANEL, kind="photo", shot=shot, file=shot, seen_at=START),
            "previous": Previous(run="ana-1", first="ana-0", finished=START),
            "last_known": LastKnown(run="ana-1", finished=START, verdict="out-of-sync", title="The user"),
            "changes": (
                Change(
                    **message("Ana is new").model_dump(), what="surface", page_url=page, before="a", after="b", at=START
                ),
            ),
            "web_parts": (
                WebPartPeople(
                    page=0,
                    page_url=page,
                    surface=Surface.PEOPLE_WEB_PART,
                    instance="i",
                    count=2,
                    includes_subject=True,
                    subject={"upn": "ana", "firstName": "Ana"},
                    others=("radu@contoso.com",),
                ),
            ),
            "mixups": (Mixup(page=0, page_url=page, surface=Surface.PROFILE_CARD, how="name"),),
            "similar": ("anna@contoso.com",),
            "found_pages": (FoundPage(url=page, how=message("Ana wrote it")),),
            "placeholders": (Placeholder(surface=Surface.USERPHOTO_S, shot=shot, sha256=digest),),
            "locators": (LocatorMatch(id="home.account-button", by="repair", selector="#ana"),),
            "blocked": (page,),
            "site_properties": (
                Properties(of="ana", read_at=START, url=page, status=200, values={"Picture": page, "Title": "Ana"}),
            ),
        }
    )


@pytest.fixture
def made(tmp_path: Path) -> tuple[Record, Path, list[str]]:
    """Return a record full of canaries, the folder of its copy, and the canaries."""
    found: list[str] = []
    folder = Folder(tmp_path / "run-of-ana")
    record = planted(full(folder), found)
    copy, at = outside_copy(record, tmp_path / "out", "en")
    assert len(found) > 150
    assert copy == at.read_record()
    return record, at.path, found


def test_no_canary_is_in_any_byte(made: tuple[Record, Path, list[str]]):
    """No text that was planted is in any file of the copy, in any encoding, nor are names and digests."""
    record, folder, found = made
    data = everything(folder)
    digests = [s.sha256 for s in record.sightings if s.sha256] + [
        p.path for step in record.steps for p in step.pictures
    ]
    named = ["contoso", "ionescu", "radu.pop", "ana-leaves", "layoffs", "team.aspx", "inc-4711", "ana.jpg", *digests]
    left = [text for text in (*found, *named) if any(form in data for form in in_every_encoding(text.lower()))]
    left += [text for text in found if any(form in data for form in in_every_encoding(text))]
    assert [] == left
    assert [] == [text for text in found if text in str(folder.relative_to(folder.parents[1]))]


def test_the_search_finds_what_is_there(made: tuple[Record, Path, list[str]]):
    """The search of the product and that of these tests find a name in every encoding; so silence means something."""
    _, folder, found = made
    for text in (found[0], "ana.ionescu@contoso.com", "Șerban & <Söhne>"):
        written = [text, text.upper(), text.lower(), quote(text, safe=""), html.escape(text), json.dumps(text)]
        files = [one.encode(how) for one in written for how in ("utf-8", "utf-16-le", "utf-16-be")]
        files += [base64.b64encode(b"\x00" * n + text.encode() + b"\x00" * m) for n in range(3) for m in range(3)]
        for data in files:
            (folder / "left.bin").write_bytes(b"xx " + data + b" yy")
            assert [("left.bin", text)] == search.remaining(folder, search.Identities((text,)))
            ours = in_every_encoding(text) | in_every_encoding(text.lower()) | in_every_encoding(text.upper())
            assert any(form in everything(folder) for form in ours)
    (folder / "left.bin").unlink()
    assert [] == search.remaining(folder, search.Identities((found[0],)))


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_found_is_kept(name: str, tmp_path: Path):
    """Verdict, reason, causes, distances, limits, times and exit code are the run's; the copy is a run of its own."""
    record = SAMPLES[name](Folder(tmp_path / "run"))
    copy, folder = outside_copy(record, tmp_path, "en")
    same = ("verdict", "reason", "reference", "started", "finished", "own_photo_requested")
    assert {field: getattr(record, field) for field in same} == {field: getattr(copy, field) for field in same}
    assert [(c.a, c.b, c.verdict, c.score, c.limit) for c in record.comparisons] == [
        (c.a, c.b, c.verdict, c.score, c.limit) for c in copy.comparisons
    ]
    assert [s.surface for s in record.sightings] == [s.surface for s in copy.sightings]
    assert [s.status for s in record.steps] == [s.status for s in copy.steps]
    assert exit_code(record) == exit_code(copy)
    assert (contradicts_itself(record), []) == (contradicts_itself(copy), discrepancies(folder, copy))
    assert copy.id == folder.path.name == "20261122T104100Z-photo-differs-redacted"


def test_the_copy_is_a_report_that_can_be_read(tmp_path: Path):
    """Cause, evidence and numbers are in it, and a line that says what is left out, in the report's language."""
    record = SAMPLES["out-of-sync"](Folder(tmp_path / "run"))
    said = {}
    for lang in ("en", "ro"):
        _, folder = outside_copy(record, tmp_path / lang, lang)
        said[lang] = html.unescape((folder.path / "index.html").read_text(encoding="utf-8"))
    for text in ("user@tenant.example’s photo is out of sync", "page-1", "0.41", "This is a copy for others."):
        assert text in said["en"]
    assert "Aceasta este o copie destinată altora." in said["ro"]
    assert str(tmp_path) not in said["en"] + said["ro"]


def test_no_picture_is_of_a_person(made: tuple[Record, Path, list[str]]):
    """All pictures of the copy are drawn tiles: none is like a picture of the run, and no window is there."""
    record, folder, _ = made
    tiles = [Image.open(file) for file in (folder / "evidence").iterdir()]
    embedded = re.findall(r"data:image/[a-z]+;base64,([A-Za-z0-9+/=]+)", (folder / "index.html").read_text("utf-8"))
    tiles += [Image.open(io.BytesIO(base64.b64decode(data))) for data in embedded]
    assert {"PNG"} == {tile.format for tile in tiles}
    assert {(192, 192)} == {tile.size for tile in tiles}
    assert all(len(tile.convert("RGB").getcolors(4096) or ()) < 300 for tile in tiles)  # a letter, and no more
    run = folder.parents[1] / "run-of-ana"
    originals = {p.name for p in (run / "evidence").iterdir()}
    assert originals and not originals & {p.name for p in (folder / "evidence").iterdir()}
    for original in (run / s.shot for s in record.sightings if s.shot):
        with Image.open(original) as photo:
            for tile in tiles:
                pair = [image.convert("RGB").resize((64, 64)) for image in (photo, tile)]
                assert sum(ImageStat.Stat(ImageChops.difference(*pair)).stddev) > 30
    kept = Record.model_validate_json((folder / "record.json").read_bytes())
    assert not any(step.pictures or step.shots for step in kept.steps)
    assert not any(s.preview or s.url or s.body_sha256 or s.locator for s in kept.sightings)


def test_tiles_say_what_was_compared(tmp_path: Path):
    """The reference and what agrees with it have one tile, what differs another."""
    record = SAMPLES["out-of-sync"](Folder(tmp_path / "run"))
    copy, _ = outside_copy(record, tmp_path, "en")
    shots = [sighting.shot for sighting in copy.sightings]
    assert 1 == len({shots[0], shots[1], shots[2]})
    assert 1 == len({shots[3], shots[4], shots[5], shots[6]})
    assert shots[0] != shots[3]


def test_a_copy_that_would_name_somebody_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """If a name gets into the copy after all, nothing of it is left, and one line says which file."""
    record = SAMPLES["out-of-sync"](Folder(tmp_path / "run"))
    monkeypatch.setattr(module, "render", lambda *_, **__: "Ana Ionescu" if _[0].id else "")
    with pytest.raises(InputError, match=r"would still contain .* in index.html; it was not kept"):
        outside_copy(record, tmp_path / "out", "en")
    assert [] == list((tmp_path / "out").iterdir())


def test_a_name_that_is_a_word_of_the_report_is_no_obstacle(tmp_path: Path):
    """Somebody called Block Border, in a tenant called SharePoint, gets a copy: the words are the report's."""
    record = SAMPLES["out-of-sync"](Folder(tmp_path / "run"))
    update = {"subject_name": "Block Border", "tenant": "SharePoint", "account": "admin", "ticket": "Reference"}
    copy, folder = outside_copy(record.model_copy(update=update), tmp_path, "en")
    assert copy.subject_name is None
    assert "Block Border" not in (folder.path / "record.json").read_text(encoding="utf-8")


def test_a_copy_can_be_packed(tmp_path: Path):
    """The ZIP file of a copy contains no name either."""
    record = SAMPLES["out-of-sync"](Folder(tmp_path / "run"))
    _, folder = outside_copy(record, tmp_path, "en")
    with zipfile.ZipFile(io.BytesIO(archive(folder, record.started))) as packed:
        data = b"".join(packed.read(name) for name in packed.namelist()) + "".join(packed.namelist()).encode()
    assert b"ionescu" not in data.lower() and b"contoso" not in data.lower()
    assert hashlib.sha256((folder.path / "record.json").read_bytes()).hexdigest().encode() in data


@pytest.mark.parametrize(
    ("value", "instead"),
    [
        ("people-web-part", "people-web-part"),
        ("0.41", "0.41"),
        ("96 px", "96 px"),
        ("2026-11-22T04:40:00Z", "2026-11-22T04:40:00Z"),
        ("AADSTS50126", "AADSTS50126"),
        ("the account button", "the account button"),
        ("ana@contoso.com", "person1@tenant.example"),
        ("ANA.IONESCU@contoso.com", "user@tenant.example"),
        ("https://contoso.sharepoint.com/a", "https://tenant.example/page-2"),
        ("https://www.office.com/?auth=2&login_hint=ana", "https://www.office.com/"),
        ("contoso.sharepoint.com", "host1.tenant.example"),
        ("Ana Ionescu", "…"),
        ("+40 721 234 567", "…"),
        ("20481123", "…"),
        ("Team.aspx", "…"),
    ],
)
def test_what_a_sentence_may_quote(value: str, instead: str, tmp_path: Path):
    """Measures, times, ids and the product's own words stay; whatever else a sentence quotes does not."""
    record = SAMPLES["in-sync"](Folder(tmp_path))
    safe = texts.SafeTexts(StandIns(record))
    said = safe.message(message("{place}: {kind}", place=value, kind="initials"))
    assert f"{instead}: initials" == said.text
    assert {"place": instead, "kind": "initials"} == said.args


def test_a_sentence_of_others_is_left_out(tmp_path: Path):
    """A sentence that the product does not have is a company's own, and is left out as a whole."""
    safe = texts.SafeTexts(StandIns(SAMPLES["in-sync"](Folder(tmp_path))))
    for said in (Message(text="Ana left"), message("Ana’s {place}", place="0.1")):
        assert texts.LEFT_OUT == safe.message(said)
    assert "the user" == safe.message(Message(text="the user")).text


def test_stop_is_kept(tmp_path: Path):
    """What stopped a run and what to do stay, without the names in it."""
    record = SAMPLES["refused"](Folder(tmp_path / "run"))
    copy, _ = outside_copy(record, tmp_path, "en")
    assert isinstance(copy.stop, Stop)
    assert copy.stop.what.text and "contoso" not in copy.stop.model_dump_json().lower()


def test_the_hosts_of_a_sentence_are_replaced(tmp_path: Path):
    """A sentence that quotes hosts, also within addresses, keeps its words and gets a stand-in for each host."""
    record = SAMPLES["refused"](Folder(tmp_path / "run"))
    template = (
        "If the tenant was renamed, put these lines into the tenant file and run again: sharepoint = "
        "'https://{sharepoint}'; my = 'https://{my}'; visit_hosts = {former} (links with the old names redirect for a "
        "year). If {host} is another geo location of this tenant, put only this: visit_hosts = ['{host}']. If neither "
        "is true, find out which page leads there; nothing was typed."
    )
    new, own = "fabrikam.sharepoint.com", "fabrikam-my.sharepoint.com"
    asked = message(template, sharepoint=new, my=own, former="['northwind.sharepoint.com']", host=new)
    moved = record.model_copy(update={"stop": record.stop.model_copy(update={"help": asked})})
    copy, folder = outside_copy(moved, tmp_path, "en")
    assert "sharepoint = 'https://host1.tenant.example'; my = 'https://host2.tenant.example'" in copy.stop.help.text
    assert not re.search(rb"fabrikam|northwind", everything(folder.path))
    assert {new, own, "fabrikam", "northwind", "northwind.sharepoint.com"} <= set(search.identities_of(moved).texts)

"""A report as a mail: readable as plain text, HTML that every mail program shows, small, and with harmless headers."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from troubleshooter.evidence.thumbnail import SIDE, thumbnail
from troubleshooter.model.enums import Verdict
from troubleshooter.model.judgement_records import Change
from troubleshooter.model.message import message
from troubleshooter.model.records import LastKnown, Record
from troubleshooter.report.outputs import mail
from troubleshooter.report.outputs.mail import LARGEST, PICTURES, PLACES

from ..outcomes import SAMPLES
from ..samples import START
from .conftest import LONG, REVERSED, Sample, sample

ALLOWED = {"html", "head", "meta", "title", "body", "div", "p", "h1", "h2", "table", "tr", "th", "td", "ul", "li"} | {
    *("span", "strong", "br", "img")
}


class Elements(HTMLParser):
    """Collects the elements of a document with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def read(made: Record, path: Path, lang: str = "en") -> tuple[EmailMessage, str, str]:
    """Return the mail of a record, its plain text and its HTML."""
    parsed = message_from_bytes(mail(made, path, thumbnail, lang=lang), policy=default)
    return parsed, parsed.get_body(("plain",)).get_content(), parsed.get_body(("html",)).get_content()


def pictures(parsed: EmailMessage) -> dict[str, bytes]:
    """Return the inline pictures by their ids."""
    images = [part for part in parsed.walk() if part.get_content_maintype() == "image"]
    return {part["Content-ID"].strip("<>"): part.get_content() for part in images}


def test_the_first_line_says_the_result(tmp_path: Path):
    """The plain text begins with the result, and holds verdict, cause, who, when and the run's id."""
    parsed, plain, html = read(*sample("out-of-sync", tmp_path))
    assert "[Out of sync] Ana Ionescu’s photo is out of sync" == plain.splitlines()[0]
    for said in (
        "sandbox: stale-copy",
        "C1 · SharePoint has not fetched the current photo yet",
        "Who: nobody",
        "23 Nov 2026, 10:41 UTC",
    ):
        assert said in plain
    for said in ("20261122T104100Z-photo-differs", "up to 24 hours", "has not fetched the current photo yet"):
        assert said in plain and said in html
    assert "2 of 6 places compared show the same photo as the reference." in html
    assert parsed["Subject"].startswith(
        "[Out of sync] Ana Ionescu’s photo is out of sync (Contoso · sandbox: stale-copy"
    )


def test_the_first_line_says_what_changed(tmp_path: Path):
    """The first line of a repeated run also says what changed since the last conclusive one."""
    made, path = sample("in-sync", tmp_path)
    changes = tuple(
        Change(**message("Change {number}", number=n).model_dump(), what="cause", at=START) for n in range(5)
    )
    known = LastKnown(run="earlier", finished=START - timedelta(days=1), verdict=Verdict.OUT_OF_SYNC)
    repeated = made.model_copy(update={"changes": changes, "last_known": known})
    first = read(repeated, path)[1].splitlines()[0]
    assert first == (
        "[In sync] Ana Ionescu’s photo is in sync. "
        "Changed since 21 Nov 2026, 10:41 UTC: Change 0; Change 1; Change 2 (+2)."
    )
    assert "Changed since" not in read(made, path)[1].splitlines()[0]


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_mail_program_shows_it(name: str, lang: str, tmp_path: Path):
    """Only plain elements, inline styles, and pictures that come with it; nothing is loaded, nothing runs."""
    parsed, _, html = read(*sample(name, tmp_path), lang)
    elements = Elements(html).found
    assert set() == {tag for tag, _ in elements} - ALLOWED
    assert set() == {key for _, attributes in elements for key in attributes} - {
        *("lang", "charset", "style", "role", "scope", "src", "width", "height", "alt")
    }
    sources = {attributes["src"] for tag, attributes in elements if tag == "img"}
    assert {f"cid:{cid}" for cid in pictures(parsed)} == sources
    assert not re.search(r"url\(|https?://[^\s<]*\"|javascript", " ".join(str(a) for _, a in elements))
    assert parsed["Content-Language"] == ("ro" if lang == "ro" else "en-GB")
    assert ["multipart/alternative", "text/plain"] == [part.get_content_type() for part in parsed.walk()][:2]


def test_romanian_is_romanian(tmp_path: Path):
    """The mail is in the report's language."""
    made, path = sample("out-of-sync", tmp_path)
    _, plain, html = read(made, path, "ro")
    assert "Nesincronizată" in plain.splitlines()[0] or "sincronizat" in plain.splitlines()[0]
    assert "2 din 6 locuri comparate arată aceeași fotografie ca referința." in html
    assert "places compared" not in html


def test_pictures_are_small_and_those_of_the_places(tmp_path: Path):
    """The pictures are JPEG files of the sightings, small enough for a mail; the same picture is there once."""
    made, path = sample("out-of-sync", tmp_path)
    found = pictures(read(made, path)[0])
    assert 6 == len(found)
    for data in found.values():
        with Image.open(BytesIO(data)) as image:
            assert ("JPEG", True) == (image.format, max(image.size) <= SIDE)


def test_a_picture_outside_the_folder_is_not_sent(tmp_path: Path):
    """A record that names a file outside its folder, or one that is no picture, gets no picture of it."""
    made, path = sample("in-sync", tmp_path / "run")
    inside = path / made.sightings[0].shot
    (tmp_path / "other.png").write_bytes(inside.read_bytes())
    (path / "evidence" / "text.png").write_text("no picture", encoding="utf-8")
    shots = ("../other.png", "evidence/text.png", "evidence/gone.png", "/etc/passwd", None)
    sightings = tuple(s.model_copy(update={"shot": shot}) for s, shot in zip(made.sightings, shots, strict=False))
    assert {} == pictures(read(made.model_copy(update={"sightings": sightings}), path)[0])


def test_a_mail_is_small_whatever_the_run(thirty: Sample):
    """Thirty places, hundreds of sentences: at most 100 KB, and what is left out is counted."""
    made, path = thirty
    for lang in ("en", "ro"):
        data = mail(made, path, thumbnail, lang=lang)
        assert len(data) <= LARGEST == 100_000
    parsed, plain, html = read(made, path)
    assert 4 <= len(pictures(parsed)) <= PICTURES
    assert PLACES == html.count("<strong>")
    assert f"and {31 - PLACES} more places, in the report" in html
    assert plain.startswith("[Out of sync]")


def test_pictures_are_left_out_before_the_mail_is_too_large(thirty: Sample):
    """Where pictures do not fit, there are fewer of them, and the text is whole."""
    made, path = thirty
    data = mail(made, path, lambda _: b"\xff\xd8\xff" + bytes(30_000))
    parsed = message_from_bytes(data, policy=default)
    assert len(data) <= LARGEST
    assert 1 <= len(pictures(parsed)) < PICTURES
    assert "[Out of sync]" in parsed.get_body(("plain",)).get_content()


def test_a_name_cannot_add_a_header_or_reverse_text(tmp_path: Path):
    """Control and bidi characters are written out, long names are cut, and no header comes from a record."""
    made, path = sample("in-sync", tmp_path)
    hostile = made.model_copy(update={"subject_name": REVERSED, "ticket": LONG, "tenant": REVERSED, "id": REVERSED})
    data = mail(hostile, path, thumbnail)
    parsed, plain, html = read(hostile, path)
    assert {"Subject", "From", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Language"} | {
        "X-Unsent"
    } == set(parsed.keys())
    assert "troubleshooter <no-reply@troubleshooter.invalid>" == parsed["From"]
    for text in (parsed["Subject"], plain, html):
        assert not re.search("[\u202a-\u202e\x1b]|\nBcc", text)
    assert LONG not in plain and LONG[:60] in plain
    assert len(parsed["Subject"]) <= 180
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert all(ord(character) < 128 for character in data.decode("latin-1"))


def test_markup_stays_text(tmp_path: Path):
    """A name full of markup is text in the mail."""
    _, _, html = read(*sample("hostile", tmp_path))
    assert set() == {tag for tag, _ in Elements(html).found} - ALLOWED
    assert "&lt;img src=x onerror=alert(5)&gt;" in html


def test_the_same_run_gives_the_same_bytes(tmp_path: Path):
    """Nothing in the file depends on when or where it was written."""
    made, path = sample("out-of-sync", tmp_path)
    assert mail(made, path, thumbnail) == mail(made, path, thumbnail)

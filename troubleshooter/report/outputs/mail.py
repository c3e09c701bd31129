"""Writes the report as a mail: plain text, and HTML without scripts, with small pictures as inline attachments.

The file is a draft for a mail program (`X-Unsent`), or for a program that sends it and sets From and To. It is at most
100 KB, whatever the run: pictures are left out first, and texts are bounded before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from troubleshooter.locale import fill
from troubleshooter.model.records import Record
from troubleshooter.report.document import environment
from troubleshooter.report.many.texts import cut, plain
from troubleshooter.report.outputs.digest import Digest, Place, digest

LARGEST = 100_000
"""Bytes of the largest mail."""
PLACES = 12
"""How many places are listed; the report has all of them."""
PICTURES = 12
"""How many different pictures there are at most."""
LONGEST_SUBJECT = 180
"""Characters of the subject line."""
_CAUSES = 5
_DETAILS = 4
_COLORS = {"good": "#107c41", "bad": "#b3261e", "open": "#8a5a00"}
_SENDER = Address("troubleshooter", "no-reply", "troubleshooter.invalid")
"""Nobody: the domain can't exist (RFC 2606). Whoever sends the mail sets the sender."""

Thumbnail = Callable[[Path], bytes | None]
"""Returns the picture in a file as a small JPEG; None if there is no such picture."""


def mail(record: Record, folder: Path, thumbnail: Thumbnail, *, lang: str = "en") -> bytes:
    """Return the mail as the bytes of an `.eml` file of at most `LARGEST` bytes; the same for the same run.

    Args:
        folder: the run's folder; the paths of the record's pictures are relative to it.
        thumbnail: what makes a picture small.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    said = digest(record, folder, lang)
    pictures = _pictures(said, folder, thumbnail)
    while len(data := _message(said, pictures).as_bytes()) > LARGEST and pictures:
        pictures = pictures[:-1]
    return data


def _pictures(said: Digest, folder: Path, thumbnail: Thumbnail) -> list[tuple[str, bytes]]:
    """Return the pictures of the first places, each once, by the path of its file."""
    paths = dict.fromkeys(place.shot for place in said.places[:PLACES] if place.shot)
    root = folder.resolve()
    inside = [path for path in paths if (root / path).resolve().is_relative_to(root)]
    found = ((path, thumbnail(root / path)) for path in inside[:PICTURES])
    return [(path, data) for path, data in found if data]


def _message(said: Digest, pictures: Sequence[tuple[str, bytes]]) -> EmailMessage:
    """Return the mail with `pictures`."""
    letter = EmailMessage(policy=SMTP)
    cids = {path: f"{hashlib.sha256(data).hexdigest()[:16]}@troubleshooter.invalid" for path, data in pictures}
    subject = cut(plain(f"{said.first_line} ({said.where})"), LONGEST_SUBJECT)
    letter["Subject"] = subject
    letter["From"] = _SENDER
    letter["Date"] = format_datetime(said.record.finished or said.record.started)
    letter["Message-ID"] = f"<{hashlib.sha256(said.record.id.encode()).hexdigest()[:32]}@troubleshooter.invalid>"
    letter["X-Unsent"] = "1"
    letter.set_content(f"{said.first_line}\n{said.where}\n\n{said.ticket}", cte="quoted-printable")
    letter.add_alternative(_html(said, subject, cids), subtype="html", cte="quoted-printable")
    html = list(letter.iter_parts())[1]
    assert isinstance(html, EmailMessage)
    for path, data in pictures:
        html.add_related(data, "image", "jpeg", cid=f"<{cids[path]}>", disposition="inline", filename=_name(path))
    letter["Content-Language"] = said.catalogue.tag
    for number, part in enumerate(part for part in letter.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_{hashlib.sha256(said.record.id.encode()).hexdigest()[:24]}")
    return letter


def _html(said: Digest, subject: str, cids: dict[str, str]) -> str:
    head, listed = said.page.head, said.places[:PLACES]
    return (
        environment(said.catalogue.lang, Path(__file__).parent / "templates")
        .get_template("mail.html")
        .render(
            lang=said.catalogue.tag,
            subject=subject,
            heading=said.page.heading,
            where=said.where,
            date=said.page.date.utc,
            first_line=said.first_line,
            color=_COLORS.get(head.tone, _COLORS["open"]),
            details=head.details[:_DETAILS],
            agreement=said.agreement,
            facts=said.facts,
            causes=said.causes[:_CAUSES],
            places=[(place, _cid(place, cids)) for place in listed],
            more=_more(said, len(said.places) - len(listed)),
        )
    )


def _cid(place: Place, cids: dict[str, str]) -> str:
    return cids.get(place.shot or "", "")


def _more(said: Digest, count: int) -> str:
    if count < 1:
        return ""
    text = said.catalogue.ngettext(
        "and {count} more place, in the report", "and {count} more places, in the report", count
    )
    return fill(text, {"count": str(count)})


def _name(path: str) -> str:
    """Return the name of an attachment, which says nothing about whom it shows."""
    return f"{Path(path).stem[:16]}.jpg"

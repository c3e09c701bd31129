"""Renders a record's texts in the report's language, including the readable names of ids, and times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from troubleshooter.locale import Catalogue, as_moment
from troubleshooter.model.enums import Kind, MatchVerdict, Reason, Surface
from troubleshooter.model.message import Message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record, Size, rfc3339
from troubleshooter.report.labels import KINDS, MATCHES, VERDICTS
from troubleshooter.report.reason_texts import REASONS, ReasonTexts
from troubleshooter.report.surface_texts import SURFACES


def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for surface in Surface:
        names[surface] = SURFACES[surface].name
    for reason in Reason:
        names[reason] = REASONS[reason].name
    for kind in Kind:
        names[kind] = KINDS[kind]
    for match in MatchVerdict:
        names[match] = MATCHES[match]
    return names


_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of text."""

ID_NAMES = _names()
"""Readable names of the ids that may be arguments of a message."""


@dataclass(frozen=True)
class Moment:
    """A time, in machine-readable form and as text in UTC. The browser converts it to the reader's own time zone."""

    iso: str
    utc: str
    full: str
    """The time with its date and seconds."""
    shape: str = "date"
    """`date`: to the minute; `exact`: to the second; `clock`: only the time of day, on the day of the run."""


class Wording:
    """Renders a record's messages, times and ids in one language."""

    def __init__(self, catalogue: Catalogue, record: Record) -> None:
        self.catalogue = catalogue
        self.gettext = catalogue.gettext
        self._day = record.started.date()
        view = RecordView(record)
        self._as_user, self._nothing_seen = view.signed_in_as_subject, not any(view.of_subject)
        self._nested = {row.said.text: row.said for row in record.comparisons if row.said is not None}
        outcomes = record.scenario_details.outcomes if record.scenario_details else ()
        labels = {verdict.value: label for verdict, label in VERDICTS.items()}
        labels |= {details.outcome: details.label for details in outcomes}
        self.said: dict[str, Moment] = {}
        """The times within the sentences so far, by how the sentences write them."""
        self._names = ID_NAMES | {id_: _lowered(self.gettext(label)) for id_, label in labels.items()}

    def say(self, said: Message) -> str:
        """Return `said`, with ids and nested messages among its arguments rendered as well."""
        args = {name: self._argument(value) for name, value in said.args.items()}
        parts = {name: Message(text=self.say(part)) for name, part in said.parts.items()}
        return self.catalogue.say(said.model_copy(update={"args": args, "parts": parts}))

    def _argument(self, value: str) -> str:
        nested = self._nested.get(value)
        if nested is None and (at := as_moment(value)):
            self.said[self.catalogue.moment(at)] = self.moment(at)
        return self.catalogue.say(nested) if nested is not None else self._names.get(value, value)

    def moment(self, at: datetime) -> Moment:
        """Return `at` to be shown with its date."""
        return Moment(rfc3339(at), self.catalogue.moment(at), self.catalogue.moment(at, seconds=True))

    def clock(self, at: datetime) -> Moment:
        """Return `at` to be shown to the second, without its date if that is the day of the run."""
        full = self.catalogue.moment(at, seconds=True)
        if at.date() != self._day:
            return Moment(rfc3339(at), full, full, "exact")
        return Moment(rfc3339(at), self.catalogue.clock(at), full, "clock")

    def size(self, px: Size | None) -> str:
        """Return a size in pixels; empty if unknown."""
        return "" if px is None else self.catalogue.size(px)

    def surface(self, surface: Surface) -> str:
        """Return the readable name of `surface`."""
        return self.gettext(SURFACES[surface].name)

    def reason(self, reason: Reason) -> ReasonTexts:
        """Return the texts for `reason` in this language."""
        texts = REASONS[reason]
        explain = (self._nothing_seen and texts.explain_unseen) or texts.explain
        do = (self._nothing_seen and texts.do_unseen) or (self._as_user and texts.do_as_user) or texts.do
        return ReasonTexts(self.gettext(texts.name), self.gettext(explain), self.gettext(do))


def bounded(text: str, longest: int = 64) -> str:
    """Return a name on one line and not too long, without what would turn or hide the text around it."""
    plain = " ".join(_UNSEEN.sub("", text).split())
    if len(plain) <= longest:
        return plain
    head = plain[: longest - 1]
    words, _, begun = head.rpartition(" ")
    return (words if plain[longest - 1] != " " and len(words) > len(begun) else head).rstrip() + "…"


def sentence(text: str) -> str:
    """Return `text` with a capital first letter, for the start of a line; an account name stays as written."""
    return text if "@" in text.split(" ", 1)[0] else text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    """Return a label with a lower-case first letter, for the middle of a sentence."""
    return text[:1].lower() + text[1:]


def shortened(said: Message) -> Message:
    """Return `said` with URLs shortened to the names of their pages."""
    short = {name: page_name(value) if is_address(value) else value for name, value in said.args.items()}
    return said.model_copy(update={"args": short})


def is_address(value: str) -> bool:
    """Return whether `value` is the URL of a page."""
    return value.startswith(("https://", "http://"))


def page_name(url: str | None) -> str:
    """Return what distinguishes a page from its neighbors: the last part of its URL, else its host."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    last = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    return last or parts.netloc or url

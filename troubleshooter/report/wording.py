"""How the report speaks: a catalogue that also knows the reader's words for a record's ids, and how a time is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from troubleshooter.locale import Catalogue
from troubleshooter.model.enums import Kind, MatchVerdict, Outcome, Reason, Surface, Verdict
from troubleshooter.model.message import Message
from troubleshooter.model.records import Record, Size, rfc3339
from troubleshooter.report.labels import KINDS, MATCHES, OUTCOMES, VERDICTS
from troubleshooter.report.reason_texts import REASONS, ReasonWords
from troubleshooter.report.surface_texts import SURFACES


def _spoken() -> dict[str, str]:
    words: dict[str, str] = {}
    for surface in Surface:
        words[surface] = SURFACES[surface].name
    for reason in Reason:
        words[reason] = REASONS[reason].name
    for kind in Kind:
        words[kind] = KINDS[kind]
    for verdict in Verdict:
        words[verdict] = VERDICTS[verdict]
    for outcome in Outcome:
        words[outcome] = OUTCOMES[outcome][0]
    for match in MatchVerdict:
        words[match] = MATCHES[match]
    return words


_SPOKEN = _spoken()


@dataclass(frozen=True)
class Moment:
    """A time: for machines, and in words in UTC. The reader's own zone is the browser's business."""

    iso: str
    utc: str
    full: str
    """With its date and seconds."""
    shape: str = "date"
    """`date`: to the minute; `exact`: to the second; `clock`: only the time of day, because the day is the run's."""


class Speech:
    """Says a record's sentences in one language."""

    def __init__(self, catalogue: Catalogue, record: Record) -> None:
        self.catalogue = catalogue
        self._day = record.started.date()
        self._nested = {row.said.text: row.said for row in record.comparisons if row.said is not None}
        self.gettext = catalogue.gettext

    def say(self, said: Message) -> str:
        """Return `said`; its ids of surfaces, kinds and the like, and what a comparison says, in the reader's words."""
        spoken = {name: self._word(value) for name, value in said.args.items()}
        return self.catalogue.say(said.model_copy(update={"args": spoken}))

    def _word(self, value: str) -> str:
        nested = self._nested.get(value)
        return self.catalogue.say(nested) if nested is not None else _SPOKEN.get(value, value)

    def moment(self, at: datetime) -> Moment:
        """Return `at` to be shown with its date."""
        return Moment(rfc3339(at), self.catalogue.moment(at), self.catalogue.moment(at, seconds=True))

    def clock(self, at: datetime) -> Moment:
        """Return `at` to be shown to the second, without its date where that is the day of the run."""
        full = self.catalogue.moment(at, seconds=True)
        if at.date() != self._day:
            return Moment(rfc3339(at), full, full, "exact")
        return Moment(rfc3339(at), self.catalogue.clock(at), full, "clock")

    def size(self, px: Size | None) -> str:
        """Return a size in pixels; empty if unknown."""
        return "" if px is None else self.catalogue.size(px)

    def surface(self, surface: Surface) -> str:
        """Return what a colleague would call `surface`."""
        return self.gettext(SURFACES[surface].name)

    def reason(self, reason: Reason) -> ReasonWords:
        """Return the words for `reason` in this language."""
        words = REASONS[reason]
        return ReasonWords(self.gettext(words.name), self.gettext(words.explain), self.gettext(words.do))


def sentence(text: str) -> str:
    """Return `text` with a capital first letter, for the start of a line; an address stays as it is written."""
    return text if "@" in text.split(" ", 1)[0] else text[:1].upper() + text[1:]


def shortened(said: Message) -> Message:
    """Return `said` with addresses cut down to the names of their pages."""
    short = {name: page_name(value) if is_address(value) else value for name, value in said.args.items()}
    return said.model_copy(update={"args": short})


def is_address(value: str) -> bool:
    """Whether `value` is the address of a page."""
    return value.startswith(("https://", "http://"))


def page_name(url: str | None) -> str:
    """Return what tells a page from its neighbours: the last part of its address, else its host."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    last = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    return last or parts.netloc or url

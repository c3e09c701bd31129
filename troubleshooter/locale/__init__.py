"""Translates the reports' texts. The English text is the key; a catalogue is a `.po` file that is read at run time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_datetime
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, unescape
from babel.numbers import format_decimal

from troubleshooter.model.message import Message
from troubleshooter.model.records import Size
from troubleshooter.redaction.one_line import ISOLATES, LONGEST, one_line

LANGUAGES = {"en": "en_GB", "ro": "ro_RO"}
"""The languages of a report, each with the region whose dates and numbers it uses."""

_FOLDER = Path(__file__).parent
_PLACE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ISOLATE, _END = ISOLATES[0], ISOLATES[1]
_LONGEST_ADDRESS = 2000
"""Characters of the longest address within a sentence; a shortened one leads nowhere."""
_FORMS = ("one", "few", "other")
"""The plural forms of the languages, in the order in which a catalogue lists them."""


def N_(text: str) -> str:
    """Return `text` unchanged; marks a text that is translated later, when it is shown."""
    return text


class Catalogue:
    """One language: its texts, and how it writes dates, numbers and durations."""

    def __init__(self, lang: str, messages: Mapping[str, tuple[str, ...]]) -> None:
        self.lang = lang
        self.locale = Locale.parse(LANGUAGES[lang])
        self._messages = messages

    @property
    def tag(self) -> str:
        """The language for `lang` attributes and for browsers: `ro`, `en-GB`."""
        return "en-GB" if self.lang == "en" else self.lang

    @property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """Return the English texts that have a translation, each with its plural forms; none in English itself."""
        return self._messages

    def gettext(self, template: str) -> str:
        """Return `template` in this language, or unchanged if there is no translation."""
        return self._messages.get(template, (template,))[0]

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the plural form that `count` needs (in English, `singular` or `plural`)."""
        forms = self._messages.get(singular)
        if forms is None:
            return singular if count == 1 else plural
        return forms[_FORMS.index(self.locale.plural_form(count))]

    def say(self, said: Message) -> str:
        """Return `said` in this language.

        Arguments that are texts of the catalogue are translated as well, and times are written in this language.
        Without a template, the English text is looked up.
        """
        if not said.template:
            return self.gettext(said.text)
        args = {name: self._argument(value) for name, value in said.args.items()}
        args |= {name: self.say(part) for name, part in said.parts.items()}
        return fill(self.gettext(said.template), args)

    def moment(self, moment: datetime, *, seconds: bool = False, zone: tzinfo | None = UTC) -> str:
        """Return `moment` with its date, in `zone` (None: this computer's), which is named."""
        pattern = "d MMM y, HH:mm:ss" if seconds else "d MMM y, HH:mm"
        there = moment.astimezone(zone)
        offset = f"{there:%z}"
        named = f" (UTC{offset[:3]}:{offset[3:5]})" if there.utcoffset() else " UTC"
        return format_datetime(there, pattern, locale=self.locale) + named

    def clock(self, moment: datetime) -> str:
        """Return the time of day of `moment`, in UTC, marked as such."""
        return f"{moment.astimezone(UTC):%H:%M:%S} UTC"

    def number(self, value: float, digits: int = 2) -> str:
        """Return `value` with exactly `digits` decimals."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, pattern, locale=self.locale)

    def duration(self, seconds: float) -> str:
        """Return a span of time in its two largest units: `2.9 s`, `1 min 12 s`, `25 h 3 min`."""
        if seconds < 59.95:
            return f"{self.number(seconds, 1)}\u00a0s"
        minutes, rest = divmod(round(seconds), 60)
        if minutes < 60:
            return f"{minutes}\u00a0min {rest}\u00a0s"
        hours, minutes = divmod(minutes, 60)
        return f"{self.number(hours, 0)}\u00a0h {minutes}\u00a0min"

    def size(self, px: Size) -> str:
        """Return a width and height in pixels."""
        return f"{self.number(px[0], 0)}\u00a0×\u00a0{self.number(px[1], 0)}\u00a0px"

    def _argument(self, value: str) -> str:
        at = as_moment(value)
        return self.moment(at) if at else isolate(self.gettext(value))


def as_moment(value: str) -> datetime | None:
    """Return an argument of a message as a time in UTC; None if it is not a time."""
    try:
        return datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
    except ValueError:
        return None


def fill(template: str, args: Mapping[str, str]) -> str:
    """Return `template` with each `{name}` replaced by its argument; a name without an argument stays visible."""

    def argument(place: re.Match[str]) -> str:
        if place[0] in ("{{", "}}"):
            return place[0][0]
        return args.get(place[1], place[0])

    return _PLACE.sub(argument, template)


def isolate(text: str) -> str:
    """Return `text` as it may stand within a sentence: in one line, bounded, and neither reversing nor hiding others.

    Right-to-left text is isolated, so that it does not reorder the sentence around it.
    """
    text = one_line(text, _LONGEST_ADDRESS if text.startswith("https://") else LONGEST)
    return f"{_ISOLATE}{text}{_END}" if _RIGHT_TO_LEFT.search(text) else text


@lru_cache
def catalogue(lang: str) -> Catalogue:
    """Return the catalogue of `lang`.

    Raises:
        ValueError: there is no such language; the message lists the available ones.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no report language {lang!r}; there are {', '.join(LANGUAGES)}")
    return Catalogue(lang, _messages(lang))


def _messages(lang: str) -> dict[str, tuple[str, ...]]:
    """Return the translations of `lang`, each in its plural forms, under the English text and its earlier wordings."""
    if lang == "en":
        return {}
    with (_FOLDER / f"{lang}.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale=lang) if entry.id and entry.string and not entry.fuzzy]
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for wording in previous_wordings(entry):
            found[wording] = _forms(entry.string)
    return found | {_forms(entry.id)[0]: _forms(entry.string) for entry in entries}


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def previous_wordings(entry: Entry) -> list[str]:
    """Return the earlier English texts of a catalogue entry, its `#| msgid` lines, which stored records still use."""
    wordings: list[str] = []
    for comment in entry.user_comments:
        line = comment.removeprefix("|").strip()
        if not comment.startswith("|"):
            continue
        if line.startswith("msgid "):
            wordings.append("")
        wordings[-1] += unescape(line.removeprefix("msgid "))
    return wordings

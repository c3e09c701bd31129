"""Writes texts about many users in one language; whatever a name contains, it deceives no reader."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from troubleshooter.locale import catalogue, fill, isolate
from troubleshooter.model.message import Message
from troubleshooter.model.records import rfc3339
from troubleshooter.redaction.printable import printable
from troubleshooter.report.wording import ID_NAMES, Moment

LONGEST_NAME = 120
"""Characters of a name or an address that are shown. A user name has at most 113."""
LONGEST_TEXT = 400
"""Characters of a sentence that are shown."""
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


class Texts:
    """Renders messages, numbers and times in one language."""

    def __init__(self, lang: str) -> None:
        """Use the language `lang`.

        Raises:
            ValueError: there is no such language.
        """
        self.catalogue = catalogue(lang)
        self.gettext = self.catalogue.gettext
        self.ngettext = self.catalogue.ngettext

    def say(self, said: Message) -> str:
        """Return `said`, with ids among its arguments written out, and nothing in it that is invisible."""
        return cut(self.catalogue.say(self._clean(said)), LONGEST_TEXT)

    def number(self, value: float, digits: int = 0) -> str:
        """Return `value` with its digits in groups."""
        return self.catalogue.number(value, digits)

    def day(self, day: date) -> str:
        """Return a day with its year."""
        return str(format_date(day, "d MMM y", locale=self.catalogue.locale))

    def moment(self, at: datetime) -> Moment:
        """Return `at` to be shown with its date."""
        return Moment(rfc3339(at), self.catalogue.moment(at), self.catalogue.moment(at, seconds=True))

    def fill(self, template: str, **args: object) -> str:
        """Return a template that is translated already, with its arguments; numbers get their digits in groups."""
        return fill(template, {name: self._argument(value) for name, value in args.items()})

    def _argument(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else isolate(str(value))

    def _clean(self, said: Message) -> Message:
        names = {
            name: self.gettext(ID_NAMES[value]) if value in ID_NAMES else value for name, value in said.args.items()
        }
        return Message(
            text=shown(said.text, LONGEST_TEXT),
            template=shown(said.template, LONGEST_TEXT),
            args={name: shown(value, LONGEST_TEXT) for name, value in names.items()},
            parts={name: self._clean(part) for name, part in said.parts.items()},
        )


def shown(text: str, longest: int = LONGEST_NAME) -> str:
    """Return `text` in one line of at most `longest` characters, without any that control, hide or reverse others."""
    return cut(printable(text[: longest + 1]), longest)


def cut(text: str, longest: int) -> str:
    """Return `text`, shortened if it is longer than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def plain(text: str) -> str:
    """Return `text` without the characters that isolate right-to-left names, which not every program hides."""
    return text.translate(_ISOLATES)

"""Says for each user what to do, who acts and how long it takes, and groups the users by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.model.enums import Reason
from troubleshooter.report.many.standing import BAD, GOOD, Entry, Standing
from troubleshooter.report.many.tally import Tally
from troubleshooter.report.many.texts import Texts, shown
from troubleshooter.report.reason_texts import REASONS
from troubleshooter.report.wording import sentence


@dataclass(frozen=True)
class Advice:
    """What to do about one cause, or about one reason for which nothing can be told."""

    key: str
    """Id of the cause, of the reason or of the standing."""
    title: str
    do: str = ""
    who: str = ""
    wait: str = ""
    cause: bool = False
    """Whether `key` is the id of a cause."""


@dataclass(frozen=True)
class Group:
    """The users for whom the same is to be done."""

    advice: Advice
    users: int
    number: str
    """The number of users, as it is written."""
    unit: str
    """The word that follows the number."""


class Adviser:
    """Looks up what to do; each text is made once."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._causes: dict[str, Advice] = {}
        self._others: dict[str, Advice] = {}

    def advice(self, entry: Entry) -> Advice | None:
        """Return what to do for a user; None if nobody needs to act."""
        if entry.standing in GOOD:
            return None
        result = entry.result
        if result is None or entry.standing is Standing.SET_ASIDE:
            return self._of(entry.standing.value)
        if entry.standing in BAD:
            return self.cause(result.causes[0]) if result.causes else self._of(entry.standing.value)
        return self._of(result.reason.value if result.reason else entry.standing.value)

    def cause(self, cause: str) -> Advice:
        """Return what to do about `cause`; only its id for one that this version does not know."""
        if cause not in self._causes:
            self._causes[cause] = self._cause(cause)
        return self._causes[cause]

    def groups(self, counted: Tally) -> list[Group]:
        """Return what is to be done, for most users first; also for users without a result whom nobody names."""
        found = Counter(advice for entry in counted.entries if (advice := self.advice(entry)) is not None)
        if without := counted.counts[Standing.NO_RESULT]:
            found[self._of(Standing.NO_RESULT.value)] = without
        return [self._group(advice, count) for advice, count in found.most_common()]

    def _group(self, advice: Advice, count: int) -> Group:
        texts = self._texts
        return Group(advice, count, texts.number(count), texts.ngettext("user", "users", count))

    def _cause(self, cause: str) -> Advice:
        _, row = self._texts.gettext, CAUSES.get(cause)
        if row is None:
            return Advice(shown(cause), _("A cause that this version of the report does not know"), cause=True)
        title = sentence(_(row.title.text))
        return Advice(cause, title, _(row.remedy.text), _(row.who.text), _(row.wait.text), cause=True)

    def _of(self, key: str) -> Advice:
        if key not in self._others:
            self._others[key] = self._without_cause(key)
        return self._others[key]

    def _without_cause(self, key: str) -> Advice:
        _ = self._texts.gettext
        checker = _("whoever runs the check")
        if key == Standing.SET_ASIDE:
            do = _("Check these users alone. If the browser crashes again, report it to whoever maintains this tool.")
            return Advice(key, _("The browser crashed twice, so the user was set aside"), do, checker)
        if key == Standing.NO_RESULT:
            return Advice(key, _("There is no result"), _("Resume the run, or add the missing parts."), checker)
        if key in BAD:
            do = _("No known cause fits. Give this report to your Microsoft 365 administrator.")
            return Advice(key, _("No known cause"), do, _("a Microsoft 365 admin"))
        if key in frozenset(Reason):
            texts = REASONS[Reason(key)]
            return Advice(key, sentence(_(texts.name)), _(texts.do), checker)
        return Advice(key, _("The check gives no reason"), _("Run the check again."), checker)

"""Renders the result as a few lines for the user: what we saw, what to do, when, and how to see that it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from troubleshooter.locale import fill, isolate
from troubleshooter.model.enums import PAGE_CONTENT, Reason, Verdict
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Record
from troubleshooter.redaction.one_line import one_line
from troubleshooter.report.context import ReportContext, report_context
from troubleshooter.report.headline import headline
from troubleshooter.report.user_actions import ACTIONS, VISITS
from troubleshooter.report.user_outcomes import OUTCOMES

_LONGEST_LINE = 600
_NOTHING = message("You do not need to do anything for now.")
_NOBODY = "nobody"
"""Who acts where only waiting helps, as the table of causes says it."""


@dataclass(frozen=True)
class _UserText:
    context: ReportContext
    zone: tzinfo | None

    def lines(self) -> Iterator[str]:
        """Yield the lines of the text."""
        record = self.context.record
        if record.sent:
            yield self._say(message("We changed your profile photo on {when}.", when=self._at(record.sent)))
        elif record.sightings and record.verdict is not Verdict.STOPPED:
            yield self._say(message("We checked your profile photo on {when}.", when=self._at(record.started)))
        else:
            when = self._at(record.started)
            yield self._say(message("We tried to check your profile photo on {when}, but could not.", when=when))
        if record.reason is Reason.USER_NOT_FOUND:
            yield self._say(message("We found no account with the address {user}.", user=record.subject))
            yield self._say(message("Please tell us the address with which you sign in."))
            return
        if record.verdict in (Verdict.INCONCLUSIVE, Verdict.STOPPED) and record.outcome is None:
            yield self._say(message("We do not know yet whether it is the same everywhere. We will check again."))
            yield self._say(_NOTHING)
            return
        if record.outcome is not None or record.verdict is Verdict.IN_SYNC:
            yield from self._done()
            return
        yield from headline(self.context).details[:1]
        yield ""
        yield from self._to_do()

    def _done(self) -> Iterator[str]:
        """Yield the result of a check that found the photo in sync, or of a scenario that acts."""
        record = self.context.record
        if record.outcome is not None:
            yield from self._outcome()
            if record.outcome_recheck_after:
                yield self._say(
                    message("We will check again after {when}.", when=self._at(record.outcome_recheck_after))
                )
            return
        yield self._say(message("It is the same in every place that we checked. You do not need to do anything."))
        yield self._say(
            message("If you still see an old photo on a page, reload the page (on a computer, with Ctrl+F5).")
        )

    def _outcome(self) -> Iterator[str]:
        """Yield what was done; of a scenario that is not ours, what its report says at its top."""
        record, head = self.context.record, headline(self.context)
        known = OUTCOMES.get((record.scenario, str(record.outcome)))
        yield from map(self.context.wording.gettext, known) if known else (f"{head.sentence}.", head.action.what)

    def _to_do(self) -> Iterator[str]:
        """Yield the steps, or who acts instead; when to check; and how to see that the photo is right."""
        record, _ = self.context.record, self.context.wording.gettext
        best = record.diagnoses[0] if record.diagnoses else None
        if best is None:
            yield self._say(
                message("A Microsoft 365 administrator needs to look into it. You do not need to do anything for now.")
            )
            return
        steps = ACTIONS.get(best.cause, ())
        if best.cause in VISITS and self.context.view.was_visit_of_subject:
            yield self._say(
                message(
                    "This check was made with your account, which counts as a visit by you. SharePoint should "
                    "now fetch the current photo."
                )
            )
            yield self._say(_NOTHING)
        elif steps:
            yield self._say(message("What to do:"))
            yield from (f"{number}. {self._step(step)}" for number, step in enumerate(steps, 1))
        else:
            yield self._say(_NOTHING)
            if best.who and best.who != _NOBODY:
                yield fill(_("Who can do this: {who}."), {"who": _(best.who)})
        yield ""
        if best.wait:
            yield fill(_("How long it takes: {wait}."), {"wait": _(best.wait)})
        if best.recheck_after:
            yield self._say(message("Please check again after {when}.", when=self._at(best.recheck_after)))
        if page := self._page():
            yield self._say(message("You can tell that it worked when your current photo shows on {page}", page=page))

    def _step(self, step: str) -> str:
        _ = self.context.wording.gettext
        page = self._page() or _("a SharePoint page that shows you")
        return fill(_(step), {"page": isolate(page), "user": isolate(self.context.record.subject)})

    def _page(self) -> str:
        """Return the first page that was to be checked, best one on which the photo is not right."""
        record = self.context.record
        seen = [(i, s.page_url) for i, s in enumerate(record.sightings) if s.surface in PAGE_CONTENT and s.page_url]
        wrong = [url for i, url in seen if i in self.context.view.different]
        return next(iter([*wrong, *self.context.view.pages, *(url for _, url in seen)]), "")

    def _at(self, moment: datetime) -> str:
        return self.context.wording.catalogue.moment(moment, zone=self.zone)

    def _say(self, said: Message) -> str:
        return self.context.wording.catalogue.say(said)


def user_text(context: ReportContext, zone: tzinfo | None = UTC) -> str:
    """Return the text for the user, with times in `zone` (None: this computer's)."""
    lines = _UserText(context, zone).lines()
    return "\n".join(one_line(line, _LONGEST_LINE, isolated=True) for line in lines) + "\n"


def text_for_user(record: Record, folder: Path, lang: str, zone: tzinfo | None = None) -> str:
    """Return the text for the user about `record` in `lang`."""
    return user_text(report_context(record, folder, lang), zone)

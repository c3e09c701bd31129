"""Says what keeps the numbers from being the whole truth: an early end, missing or unreliable results, throttling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from troubleshooter.locale import N_
from troubleshooter.model.batch_records import EndedBy
from troubleshooter.report.many.standing import Standing
from troubleshooter.report.many.tally import Tally
from troubleshooter.report.many.texts import Texts, shown

NAMED = 200
"""The largest number of users that a notice names."""
_AT_ONCE = 5
"""The number of users that a notice shows without being unfolded."""

ENDS: dict[EndedBy, str] = {
    EndedBy.DONE: "",
    EndedBy.INTERRUPTED: N_("The run was interrupted. Resume it to check the remaining users."),
    EndedBy.DEADLINE: N_("The run reached its deadline. Resume it to check the remaining users."),
    EndedBy.FAILURES: N_("The run ended because it reached the limit of --max-failures."),
    EndedBy.NOT_LET_IN: N_("The run ended because its account was not let in."),
    EndedBy.CRASHED: N_("The run ended unexpectedly, or is not over. Resume it to check the remaining users."),
}


@dataclass(frozen=True)
class Notice:
    """Something that the reader must know before relying on the numbers."""

    tone: str
    """`bad`, `open`, or `note` for what does not make any result less certain."""
    text: str
    users: tuple[str, ...] = ()
    """Users whom it is about, as far as they are named."""
    more: str = ""
    """How many users are named beyond the first five; empty if there are no more."""


def notices(counted: Tally, texts: Texts) -> tuple[Notice, ...]:
    """Return everything that the reader must know, the gravest first."""
    rank = {"bad": 0, "open": 1, "note": 2}
    return tuple(sorted(_all(counted, texts), key=lambda notice: rank[notice.tone]))


def _all(counted: Tally, texts: Texts) -> Iterator[Notice]:
    summary, _ = counted.summary, texts.gettext
    if counted.disagrees:
        said = _("The verdicts counted in the summary do not match the results. Do not rely on either.")
        yield Notice("bad", said)
    if counted.ended_early:
        yield Notice("bad", _(ENDS[summary.ended_by]))
    if without := counted.counts[Standing.NO_RESULT]:
        said = texts.ngettext("{count} user has no result.", "{count} users have no result.", without)
        yield _about(texts.fill(said, count=without), counted.missing, texts)
    elif counted.missing:
        yield _about(_("Parts of the list have no result."), counted.missing, texts)
    if counted.set_aside:
        said = texts.ngettext(
            "{count} user was set aside, because the browser crashed twice.",
            "{count} users were set aside, because the browser crashed twice.",
            len(counted.set_aside),
        )
        yield _about(texts.fill(said, count=len(counted.set_aside)), counted.set_aside, texts)
    if counted.expired:
        said = texts.ngettext(
            "The acceptance of {count} user has expired, so that the difference counts again.",
            "The acceptances of {count} users have expired, so that the differences count again.",
            len(counted.expired),
        )
        yield _about(texts.fill(said, count=len(counted.expired)), counted.expired, texts)
    yield from _uncertain(counted, texts)


def _uncertain(counted: Tally, texts: Texts) -> Iterator[Notice]:
    """Yield what concerns how much a result says."""
    summary, _ = counted.summary, texts.gettext
    if summary.throttled:
        said = texts.ngettext(
            "The service asked {count} time to slow down. The run waited; no result depends on it.",
            "The service asked {count} times to slow down. The run waited; no result depends on it.",
            summary.throttled,
        )
        yield Notice("open", texts.fill(said, count=summary.throttled))
    if counted.flaky:
        said = texts.ngettext(
            "Two checks of {count} user disagreed. The full check counts.",
            "Two checks of {count} users disagreed. The full check counts.",
            counted.flaky,
        )
        yield Notice("open", texts.fill(said, count=counted.flaky))
    if counted.copy_only:
        said = texts.ngettext(
            "For {count} user in sync, only SharePoint’s large copy was compared with the source. Its smaller copies, "
            "and what pages show, were not checked.",
            "For {count} users in sync, only SharePoint’s large copy was compared with the source. Its smaller copies, "
            "and what pages show, were not checked.",
            counted.copy_only,
        )
        yield Notice("open", texts.fill(said, count=counted.copy_only))
    if summary.shard:
        yield Notice("note", texts.fill(_("This is part {part} of a list."), part=shown(summary.shard)))


def _about(text: str, users: Sequence[str], texts: Texts) -> Notice:
    """Return a grave notice about `users`."""
    more = len(users) - _AT_ONCE
    said = texts.fill(texts.ngettext("and {count} more", "and {count} more", more), count=more) if more > 0 else ""
    return Notice("bad", text, tuple(shown(user) for user in users[:NAMED]), said)

"""Says the result of a run of many users in one line: how many, and what changed since the run before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from troubleshooter.model.batch_records import EndedBy, Summary, UserResult
from troubleshooter.report.many.standing import BAD, GOOD, WORST_FIRST, Standing
from troubleshooter.report.many.tally import Tally, tally
from troubleshooter.report.many.texts import Texts, plain, shown

_STARTED = re.compile(r"\d{8}T\d{6}Z(?=-)")
"""The time at which a run's folder was made, as its name begins."""


@dataclass(frozen=True)
class Headline:
    """The first line of the report."""

    tone: str
    icon: str
    sentence: str
    changes: str
    """What changed since the baseline; empty without one."""


def first_line(summary: Summary, results: Sequence[UserResult], *, lang: str = "en") -> str:
    """Return the result, what changed since the baseline, and where it was, as one line of plain text."""
    texts = Texts(lang)
    said = headline(tally(summary, results), texts)
    place = shown(summary.tenant)
    if summary.sandbox is not None:
        place += f", {texts.gettext('sandbox')}: {shown(summary.sandbox)}"
    return plain(" ".join(filter(None, (said.sentence, said.changes))) + f" ({place})")


def headline(counted: Tally, texts: Texts) -> Headline:
    """Return the result and what changed."""
    tone, icon = _tone(counted)
    return Headline(tone, icon, _sentence(counted, texts), _changes(counted, texts))


def _tone(counted: Tally) -> tuple[str, str]:
    if counted.bad:
        return "bad", "bad"
    if counted.all_good:
        return "good", "good"
    return "open", "stop" if counted.ended_early else "open"


def _sentence(counted: Tally, texts: Texts) -> str:
    _, total = texts.gettext, counted.total
    if counted.summary.ended_by is EndedBy.NOT_LET_IN and not (counted.bad or counted.good):
        return _("Nobody could be checked: the sign-in was refused.")
    if total == 0 and not counted.missing:
        return _("No users were checked.")
    if counted.all_good and counted.counts[Standing.IN_SYNC] == total:
        if counted.copy_only == total:
            said = texts.ngettext(
                "SharePoint’s copy of the photo of {total} user matches the source; no page was checked.",
                "SharePoint’s copies of the photos of all {total} users match the source; no page was checked.",
                total,
            )
        else:
            said = texts.ngettext("The photo of {total} user is in sync.", "All {total} users are in sync.", total)
        return texts.fill(said, total=total)
    shares = [standing for standing in WORST_FIRST if counted.counts[standing] and (standing not in GOOD)]
    if not BAD & set(shares):  # then it also has to be said how many are certain
        shares += [standing for standing in GOOD if counted.counts[standing]]
    parts = ", ".join(_part(standing, counted.counts[standing], texts) for standing in sorted(shares, key=_rank))
    if not parts:  # a part of the list is missing, or the summary disagrees
        parts = _("the result is incomplete")
    said = texts.ngettext("Of {total} user, {parts}.", "Of {total} users, {parts}.", total)
    return texts.fill(said, total=total, parts=parts)


def _rank(standing: Standing) -> int:
    return WORST_FIRST.index(standing)


def _part(standing: Standing, count: int, texts: Texts) -> str:
    """Return how many users have a standing, in words that follow `Of 20 users`."""
    ngettext = texts.ngettext
    said = {
        Standing.OUT_OF_SYNC: ngettext("{count} is out of sync", "{count} are out of sync", count),
        Standing.NO_PHOTO: ngettext("{count} has no photo", "{count} have no photo", count),
        Standing.SET_ASIDE: ngettext("{count} was set aside", "{count} were set aside", count),
        Standing.STOPPED: ngettext("{count} could not be checked", "{count} could not be checked", count),
        Standing.INCONCLUSIVE: ngettext("{count} could not be determined", "{count} could not be determined", count),
        Standing.NO_RESULT: ngettext("{count} has no result", "{count} have no result", count),
        Standing.ACCEPTED: ngettext("{count} has an accepted difference", "{count} have accepted differences", count),
        Standing.IN_SYNC: ngettext("{count} is in sync", "{count} are in sync", count),
    }
    return texts.fill(said[standing], count=count)


def _changes(counted: Tally, texts: Texts) -> str:
    baseline, changes = counted.summary.baseline, counted.changes
    if baseline is None and counted.summary.checks == 1:
        return ""
    if baseline is None:
        said = texts.gettext(
            "Since the first check: new {new}, fixed {fixed}, still {still}, changed {changed}, accepted {accepted}."
        )
        return texts.fill(said, **changes.model_dump())
    said = texts.gettext(
        "Since {baseline}: new {new}, fixed {fixed}, still {still}, changed {changed}, accepted {accepted}."
    )
    return texts.fill(said, baseline=_named(baseline, texts), **changes.model_dump())


def _named(run: str, texts: Texts) -> str:
    """Return the time at which a run began, if that is how its folder is named; else its name."""
    found = _STARTED.match(run)
    try:
        began = datetime.strptime(found[0] if found else "", "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return shown(run)
    return texts.catalogue.moment(began)

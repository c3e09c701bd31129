"""Concludes a run of many users: what its journal says becomes the summary, and everything is published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.batch.comparison import with_changes
from troubleshooter.batch.publication import publish
from troubleshooter.batch.results import summary_of, write_summary
from troubleshooter.batch.start import Begun
from troubleshooter.batch.verify import Ended
from troubleshooter.evidence.signer import Sign
from troubleshooter.model.batch_records import EndedBy, Summary, UserResult


def describe(begun: Begun) -> Summary:
    """Return what is known of a run before it has ended; until then it counts as crashed."""
    accounts = (*begun.accounts.values(), *begun.own.values())
    return Summary(
        id=begun.folder.path.name,
        tenant=accounts[0].tenant.name,
        sandbox=accounts[0].tenant.sandbox,
        accounts=tuple(dict.fromkeys((*begun.accounts, *begun.own))),
        started=begun.journal.created(),
        total=len(begun.journal.users()),
        shard=begun.request.shard,
        split=begun.journal.inputs().get("split"),
        ticket=accounts[0].request.ticket,
        baseline=begun.baseline.path.name if begun.baseline else None,
        checks=begun.journal.repeats.checks(),
    )


def write_beginning(begun: Begun) -> None:
    """Write a summary that says that the run has not ended, so that one that dies can be read.

    What says that an earlier period of the run is complete, and was not changed since, goes.

    Raises:
        CannotWrite: it can't be written.
    """
    begun.folder.unseal()
    write_summary(begun.folder.path, describe(begun), begun.redactor)


def conclude(begun: Begun, ended: Ended, lang: str, sign: Sign | None = None) -> tuple[Summary, list[UserResult], Path]:
    """Close the journal, publish the run, and sign it with `sign`; return summary, results, and the report's path.

    Raises:
        CannotWrite: not everything could be written; the journal has all of it.
    """
    results = list(_final(begun))
    done = {result.upn for result in results}
    missing = tuple(row.upn for row in begun.journal.users() if row.upn not in done)
    by = EndedBy.INTERRUPTED if ended.by is EndedBy.DONE and missing and not ended.refused else ended.by
    begun.journal.throttled(ended.throttled)
    throttled = begun.journal.times_throttled()
    run = describe(begun).model_copy(
        update={"ended": datetime.now(UTC), "ended_by": by, "missing": missing, "throttled": throttled}
    )
    begun.journal.end(by)
    begun.journal.close()
    summary = summary_of(results, run)
    report = publish(begun.folder.path, summary, results, begun.redactor, lang)
    if sign:
        begun.folder.sign(sign)
    return summary, results, report


def _final(begun: Begun) -> Iterable[UserResult]:
    """Return the results with what is accepted of them, and what has changed since the baseline."""
    today = datetime.now(UTC).date()
    results: Iterable[UserResult] = (begun.acceptances.applied(result, today) for result in begun.journal.results())
    if begun.baseline:
        return with_changes(results, begun.baseline.results)
    if begun.journal.repeats.checks() > 1:
        return with_changes(results, _first(begun))
    return results


def _first(begun: Begun) -> Iterable[UserResult]:
    """Return the first result of every user, of whom some were checked again."""
    first = {result.upn: result for result in begun.journal.repeats.first()}
    return (first.get(result.upn, result) for result in begun.journal.results())

"""Joins the results of runs: the parts of a list that several machines checked, or runs that were repeated."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from troubleshooter.batch.parts import shard_of
from troubleshooter.batch.results import summary_of
from troubleshooter.batch.stored_run import StoredRun
from troubleshooter.model.batch_records import EndedBy, Summary, UserResult

_WORST_FIRST = (EndedBy.CRASHED, EndedBy.NOT_LET_IN, EndedBy.FAILURES, EndedBy.DEADLINE, EndedBy.INTERRUPTED)


@dataclass(frozen=True)
class Chosen:
    """The result that counts for a user."""

    part: StoredRun
    result: UserResult


@dataclass(frozen=True)
class Merged:
    """Runs, joined."""

    summary: Summary
    chosen: tuple[Chosen, ...]
    """In the order of the list."""
    notes: tuple[str, ...]
    """What is repeated or missing, a line each."""


def merged(parts: Sequence[StoredRun], id_: str) -> Merged:
    """Join `parts`, which belong together. For each user the result that was finished last counts.

    Args:
        id_: the name of the folder of the joined run.
    """
    chosen: dict[str, Chosen] = {}
    repeated: list[tuple[UserResult, UserResult]] = []
    for part in parts:
        for result in part.results:
            other = chosen.get(result.upn)
            if other:
                repeated.append((other.result, result))
            if other is None or _rank(result) > _rank(other.result):
                chosen[result.upn] = Chosen(part, result)
    in_order = _in_order(list(chosen.values()), parts)
    users = _users(parts)
    named = set().union(*users.values())
    nameless = sum(_nameless(key, names, parts) for key, names in users.items())
    missing = (*_missing(parts, chosen), *([f"{nameless} users of parts that ended early"] if nameless else []))
    run = _facts(parts, id_, len(named) + nameless, missing)
    summary = summary_of((one.result for one in in_order), run)
    return Merged(summary, tuple(in_order), tuple(_notes(parts, repeated, missing)))


def _rank(result: UserResult) -> tuple[float, bool, str]:
    """Return what decides between two results of a user: the time, then whether it is certain, then anything."""
    return result.finished.timestamp(), result.certain, result.model_dump_json()


def _in_order(chosen: list[Chosen], parts: Sequence[StoredRun]) -> list[Chosen]:
    """Return the results in the order of the list; several lists follow one another, with new numbers."""
    numbers = {one.result.number for one in chosen}
    if len(numbers) == len(chosen):
        return sorted(chosen, key=lambda one: one.result.number)
    place = {id(part): at for at, part in enumerate(parts)}
    chosen.sort(key=lambda one: (place[id(one.part)], one.result.number))
    return [
        Chosen(one.part, one.result.model_copy(update={"number": number})) for number, one in enumerate(chosen, start=1)
    ]


def _key(part: StoredRun) -> str:
    """Return what is the same for all runs of one part of a list; a whole list is a part by itself."""
    return part.summary.shard or f"run {part.summary.id}"


def _users(parts: Sequence[StoredRun]) -> dict[str, set[str]]:
    """Return the known users of each part."""
    users: dict[str, set[str]] = {}
    for part in parts:
        users.setdefault(_key(part), set()).update(part.unfinished, (result.upn for result in part.results))
    return users


def _nameless(key: str, named: set[str], parts: Sequence[StoredRun]) -> int:
    """Return how many users of a part nobody can name: they have no result, and the part has no journal."""
    return max(0, max(part.summary.total for part in parts if _key(part) == key) - len(named))


def _missing(parts: Sequence[StoredRun], chosen: Container[str]) -> Iterator[str]:
    """Yield the parts that nobody has, and the users of the others of whom there is no result."""
    shards = [shard for part in parts if (shard := shard_of(part))]
    of = shards[0].of if shards else 0
    yield from (f"shard {n}/{of}" for n in range(1, of + 1) if n not in {shard.number for shard in shards})
    yield from dict.fromkeys(upn for part in parts for upn in part.unfinished if upn not in chosen)


def _facts(parts: Sequence[StoredRun], id_: str, total: int, missing: tuple[str, ...]) -> Summary:
    summaries = [part.summary for part in parts]
    last = [result.finished for part in parts for result in part.results]
    ends = [summary.ended for summary in summaries if summary.ended] + last
    return Summary(
        id=id_,
        tenant=summaries[0].tenant,
        sandbox=summaries[0].sandbox,
        accounts=tuple(sorted({account for summary in summaries for account in summary.accounts})),
        started=min(summary.started for summary in summaries),
        ended=max(ends, default=None),
        ended_by=_ended_by(parts),
        total=total,
        throttled=sum(summary.throttled for summary in summaries),
        missing=missing,
        ticket=_common([summary.ticket for summary in summaries]),
        baseline=_common([summary.baseline for summary in summaries]),
        checks=max(summary.checks for summary in summaries),
    )


def _common(values: Sequence[str | None]) -> str | None:
    """Return the value that all have; None if they differ."""
    return values[0] if len(set(values)) == 1 else None


def _ended_by(parts: Sequence[StoredRun]) -> EndedBy:
    """Return why the joined run ended: for the worst reason of any part that was never completed."""
    completed = {part.summary.shard for part in parts if part.summary.ended_by is EndedBy.DONE and part.summary.shard}
    reasons = {part.summary.ended_by for part in parts if part.summary.shard not in completed}
    return next((reason for reason in _WORST_FIRST if reason in reasons), EndedBy.DONE)


def _notes(
    parts: Sequence[StoredRun], repeated: Sequence[tuple[UserResult, UserResult]], missing: Sequence[str]
) -> Iterator[str]:
    there: dict[str, list[str]] = {}
    for part in parts:
        there.setdefault(part.summary.shard or "", []).append(part.summary.id)
    for shard, names in there.items():
        if shard and len(names) > 1:
            yield f"shard {shard} is there {len(names)} times: {', '.join(names)}"
    if repeated:
        differ = len({one.upn for one, other in repeated if one.verdict is not other.verdict})
        users = len({one.upn for one, _ in repeated})
        yield f"users checked more than once: {users}; the newest result counts (with a different verdict: {differ})"
    yield from (f"missing: {name}" for name in missing)

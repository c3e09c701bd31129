"""The confusion matrix as Markdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from tests.bench.causes.runs import ROLES, Outcome
from tests.support.expected_outcomes import EXPECTED, FIRST_DIAGNOSIS


def number(cause: str) -> int:
    """Return the number in a cause's id."""
    return int(cause[1:])


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines of the matrix, followed by the totals."""
    rows: dict[tuple[str, str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        expected = EXPECTED[outcome.fault]
        cause = expected.cause if expected.cause and outcome.role in expected.visible_to else "none"
        rows[cause, outcome.fault, outcome.role].append(outcome)
    yield "| planted | fault | seen by | runs | first diagnosis | first two | verdicts |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    order = sorted(rows, key=lambda k: (number(k[0]) if k[0] != "none" else 0, k[1], ROLES.index(k[2])))
    first, two, total = Counter[str](), Counter[str](), Counter[str]()
    for cause, fault, role in order:
        found = rows[cause, fault, role]
        said = Counter(o.causes[0][0] if o.causes else "none" for o in found)
        total[cause] += len(found)
        first[cause] += said[cause]
        second = sum(cause in [c for c, _ in o.causes[:2]] or (cause == "none" and not o.causes) for o in found)
        two[cause] += second
        verdicts = Counter(o.verdict for o in found)
        yield (
            f"| {cause} | {fault} | {role} | {len(found)} | {_counts(said)} | {second}/{len(found)} "
            f"| {_counts(verdicts)} |"
        )
    yield ""
    wanted = [c for c in total if c in FIRST_DIAGNOSIS]
    others = [c for c in total if c not in FIRST_DIAGNOSIS and c != "none"]
    yield f"First diagnosis right, causes that are documented or reported by several: {_share(first, total, wanted)}."
    yield f"Right within the first two, all other causes: {_share(two, total, others)}."
    yield f"Healthy runs with a cause: {total['none'] - first['none']} of {total['none']}."
    wrong = sum(_wrongly_in_sync(o) for found in rows.values() for o in found)
    yield f"Wrong in-sync: {wrong} of {sum(total.values())} runs."


def _wrongly_in_sync(outcome: Outcome) -> bool:
    return outcome.verdict == "in-sync" != EXPECTED[outcome.fault].verdict_for(outcome.role)


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" if len(counts) > 1 else what for what, count in counts.most_common())


def _share(hits: Counter[str], total: Counter[str], causes: list[str]) -> str:
    hit, count = sum(hits[c] for c in causes), sum(total[c] for c in causes)
    missing = ", ".join(sorted((c for c in causes if hits[c] < total[c]), key=number))
    return f"{hit} of {count}" + (f" (missed: {missing})" if missing else "") if count else "none"

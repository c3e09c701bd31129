"""Says what is wrong about how a disturbed run ended."""

from __future__ import annotations

from typing import Any

from .allowed import CODES, REACHED, USUAL, allowed
from .rows import Row
from .run import LONGEST

USUALLY = {
    ("photo-differs", "healthy"): ("in-sync",),
    ("photo-differs", "stale-copy"): ("out-of-sync",),
    ("resync-photo", "healthy"): ("inconclusive/too-few-sightings",),
    ("resync-photo", "stale-copy"): ("out-of-sync", "inconclusive/too-few-sightings"),
    ("add-photo", "healthy"): ("inconclusive/too-few-sightings",),
    ("add-photo", "stale-copy"): ("inconclusive/too-few-sightings",),
}
"""How each scenario ends undisturbed (tests/data/outcomes.json)."""


def wrong_verdict(row: Row, made: dict[str, Any]) -> bool:
    """Return whether the verdict is the opposite of what is planted."""
    if row.fault == "stale-copy":
        return made["verdict"] in ("in-sync", "no-photo")
    return made["verdict"] in ("out-of-sync", "no-photo") and made["verdict"] not in allowed(row.kind, row.place)


def faults_of(row: Row, made: dict[str, Any]) -> list[str]:
    """Return everything that is wrong about the run; empty if nothing is."""
    found = []
    end = "/".join(filter(None, (made["verdict"], made["reason"])))
    may = set(allowed(row.kind, row.place))
    if USUAL in may:
        may |= set(USUALLY[row.scenario, row.fault])
    if not made["touched"]:
        may |= set(USUALLY[row.scenario, row.fault])
    if wrong_verdict(row, made):
        found.append(f"wrong verdict: {end}")
    elif end not in may and not (row.fault == "stale-copy" and made["verdict"] == "out-of-sync" and _was_seen(made)):
        found.append(f"not allowed: {end}")
    expected = 0 if made.get("outcome") in REACHED else CODES.get(made["verdict"])
    codes = {expected, 4} if row.kind == "disk-full" or made.get("outcome") else {expected}
    if made["exit"] not in codes:
        found.append(f"exit {made['exit']}, expected {expected}: {made['said']}")
    found += [f"lost evidence: {lost}" for lost in made["lost"]]
    found += [f"left behind: {left}" for left in made["left"]]
    if made["seconds"] >= LONGEST:
        found.append(f"took {made['seconds']} s")
    if made["passwords"] > 2:
        found.append(f"the password was sent {made['passwords']} times")
    return found


def _was_seen(made: dict[str, Any]) -> bool:
    """Return whether a page was seen before the disturbance: one certain difference suffices."""
    return any(step.startswith("page-1:") for step in made.get("steps", ()))

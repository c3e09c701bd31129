"""Says in one line what a run of many users found, or what has changed since the run that it is compared with. Pure."""

from __future__ import annotations

from troubleshooter.model.batch_records import ChangeCounts, Summary
from troubleshooter.model.enums import Verdict
from troubleshooter.model.message import Message, message


def what_changed(summary: Summary) -> Message:
    """Return the first line of every summary of a run."""
    checked = sum(summary.counts.values())
    if summary.baseline:
        said = _since(summary, checked)
    else:
        said = _since_first(summary) if summary.checks > 1 else _state(summary)
    if checked < summary.total:
        rest = message("Not checked: {count} of {total} users.", count=summary.total - checked, total=summary.total)
        return message("{first} {second}", first=said, second=rest)
    return said


def _since(summary: Summary, checked: int) -> Message:
    changed, baseline = summary.changed, summary.baseline
    if _nothing(changed):
        return message(
            "Nothing has changed since {baseline}. Users in sync: {count}.", baseline=baseline, count=checked
        )
    said = message(
        "Since {baseline}: {new} new, {fixed} fixed, {still} still not in sync, {changed} changed, "
        "{accepted} accepted.",
        baseline=baseline,
        new=changed.new,
        fixed=changed.fixed,
        still=changed.still,
        changed=changed.changed,
        accepted=changed.accepted,
    )
    return _with_unclear(said, changed)


def _since_first(summary: Summary) -> Message:
    """Return what a watch has changed; then how everybody stands, because no earlier line says that."""
    changed = summary.changed
    if _nothing(changed):
        unchanged = message("Nothing has changed since the first check.")
        return message("{first} {second}", first=unchanged, second=_state(summary))
    said = message(
        "Since the first check: {new} new, {fixed} fixed, {still} still not in sync, {changed} changed, "
        "{accepted} accepted.",
        new=changed.new,
        fixed=changed.fixed,
        still=changed.still,
        changed=changed.changed,
        accepted=changed.accepted,
    )
    return message("{first} {second}", first=_with_unclear(said, changed), second=_state(summary))


def _nothing(changed: ChangeCounts) -> bool:
    return not (changed.new or changed.fixed or changed.still or changed.changed or changed.accepted)


def _with_unclear(said: Message, changed: ChangeCounts) -> Message:
    if not changed.unclear:
        return said
    unclear = message("Of the new and changed ones, {count} could not be determined.", count=changed.unclear)
    return message("{first} {second}", first=said, second=unclear)


def _state(summary: Summary) -> Message:
    counts = summary.counts
    said = message(
        "In sync: {good} of {total} users; out of sync: {bad}; without photo: {none}; "
        "could not be determined: {unclear}.",
        good=counts.get(Verdict.IN_SYNC, 0),
        total=summary.total,
        bad=counts.get(Verdict.OUT_OF_SYNC, 0),
        none=counts.get(Verdict.NO_PHOTO, 0),
        unclear=counts.get(Verdict.INCONCLUSIVE, 0) + counts.get(Verdict.STOPPED, 0),
    )
    if not summary.accepted:
        return said
    accepted = message("Accepted as known: {count}.", count=summary.accepted)
    return message("{first} {second}", first=said, second=accepted)

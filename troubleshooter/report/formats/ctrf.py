"""Writes CTRF, the Common Test Report Format (ctrf.io): JSON with one test per user.

What cannot be told is `other`, which the format has for outcomes that are neither: `failed` would claim that a photo
is wrong, and `skipped` or `pending` that nobody looked. So are a user who was set aside and one without a result. A
gate that only counts `failed` would overlook them; `environment.healthy` is false then, and so is the command's exit
code not 0. A test is `flaky` if its two checks disagreed and the closer one passed, as the format defines it; one that
did not pass has the tag.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from troubleshooter import __version__
from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.model.scalars import rfc3339
from troubleshooter.report.formats.case import Case, Cases
from troubleshooter.report.many.headline import first_line
from troubleshooter.report.many.standing import BAD, Standing
from troubleshooter.report.many.texts import shown

SPEC = "1.0.0"
"""Version of the format."""
STATUSES = ("passed", "failed", "skipped", "pending", "other")
_OURS = uuid5(NAMESPACE_URL, "troubleshooter:profile-photo")
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".html": "text/html"}
_OTHER = "application/octet-stream"


def ctrf(summary: Summary, results: Sequence[UserResult], *, lang: str = "en") -> str:
    """Return a CTRF report with a test for every user.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    cases = Cases(summary, results, lang)
    tests = [_test(case, summary) for case in cases.all]
    document = {
        "reportFormat": "CTRF",
        "specVersion": SPEC,
        "reportId": _id(summary.id, summary.tenant),
        "timestamp": rfc3339(summary.ended or summary.started),
        "generatedBy": f"troubleshooter {__version__}",
        "results": {
            "tool": {"name": "troubleshooter", "version": __version__},
            "summary": _counts(summary, tests),
            "tests": tests,
            "environment": _environment(cases),
            "extra": _extra(cases, first_line(summary, results, lang=lang)),
        },
    }
    if summary.baseline is not None:
        document["baseline"] = {
            "reportId": _id(summary.baseline, summary.tenant),
            "source": shown(summary.baseline),
            "extra": summary.changed.model_dump(),
        }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _counts(summary: Summary, tests: list[dict[str, Any]]) -> dict[str, Any]:
    counted = Counter(test["status"] for test in tests)
    start, stop = _milliseconds(summary.started), _milliseconds(summary.ended or summary.started)
    flaky = sum(bool(test.get("flaky")) for test in tests)
    numbers = {status: counted[status] for status in STATUSES}
    return {"tests": len(tests), **numbers, "flaky": flaky, "start": start, "stop": stop, "duration": stop - start}


def _environment(cases: Cases) -> dict[str, Any]:
    summary = cases.tally.summary
    unsure = cases.tally.total - cases.tally.good - cases.tally.bad
    found = {
        "reportName": shown(summary.id),
        "appName": shown(summary.tenant),
        "healthy": not (unsure or cases.incomplete or cases.tally.missing),
    }
    return found if summary.sandbox is None else {**found, "testEnvironment": f"sandbox: {shown(summary.sandbox)}"}


def _extra(cases: Cases, line: str) -> dict[str, Any]:
    summary = cases.tally.summary
    return {
        "summary": line,
        "ended_by": summary.ended_by.value,
        "incomplete": cases.incomplete,
        "missing": [shown(name) for name in cases.tally.missing],
        "expired": [shown(name) for name in cases.tally.expired],
        "throttled": summary.throttled,
        "patterns": [
            {"cause": p.cause, "confidence": p.confidence.value, "fits": p.fits, "seen": p.seen, "against": p.against}
            for p in summary.patterns
        ],
    }


def _test(case: Case, summary: Summary) -> dict[str, Any]:
    result = case.result
    test: dict[str, Any] = {
        "id": _id(summary.tenant, case.entry.upn.casefold()),
        "name": case.name or "?",
        "status": _status(case.standing),
        "duration": round(result.seconds * 1000) if result else 0,
        "suite": ["profile-photo", shown(summary.tenant)],
        "rawStatus": case.standing.value,
        "type": "e2e",
    }
    if result is not None:
        stop = _milliseconds(result.finished)
        test |= {"start": stop - test["duration"], "stop": stop, "extra": _of_result(result)}
        if result.attempts > 1:
            test["retries"] = result.attempts - 1
    if case.standing is not Standing.IN_SYNC:
        test |= {"message": case.headline, "trace": "\n".join(case.lines)}
    if case.notes:
        test["stdout"] = list(case.notes)
    if tags := _tags(case):
        test["tags"] = tags
    if result is not None and result.flaky and case.standing is Standing.IN_SYNC:
        test["flaky"] = True
    if attachments := [_attachment(kind, path) for kind, path in case.evidence]:
        test["attachments"] = attachments
    return test


def _status(standing: Standing) -> str:
    if standing in BAD:
        return "failed"
    return {Standing.IN_SYNC: "passed", Standing.ACCEPTED: "skipped"}.get(standing, "other")


def _of_result(result: UserResult) -> dict[str, Any]:
    return {
        "reason": result.reason and result.reason.value,
        "causes": [shown(cause) for cause in result.causes],
        "depth": result.depth.value,
        "pages": [shown(page, 500) for page in result.pages],
        "account": shown(result.account),
    }


def _tags(case: Case) -> list[str]:
    result = case.result
    changed = [result.changed.value] if result and result.changed else []
    return [*changed, *(["flaky"] if result and result.flaky else [])]


def _attachment(kind: str, path: str) -> dict[str, str]:
    return {"name": kind, "contentType": _TYPES.get(PurePosixPath(path).suffix.lower(), _OTHER), "path": path}


def _id(*parts: str) -> str:
    """Return an id that is the same in every run for the same `parts`."""
    text = "\n".join(parts).encode("utf-8", "backslashreplace").decode("utf-8")
    return str(UUID(str(uuid5(_OURS, text))))


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)

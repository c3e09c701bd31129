"""Writes and reads results.jsonl and summary.json, and sums results up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from troubleshooter.errors import InputError
from troubleshooter.evidence.redacted import for_file
from troubleshooter.evidence.run_folder import write_own
from troubleshooter.model.batch_records import BATCH_SCHEMA, ChangeCounts, ChangedSince, Summary, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.model.untrusted_json import json_in
from troubleshooter.redaction.printable import well_formed
from troubleshooter.redaction.redactor import Redactor

RESULTS, SUMMARY = "results.jsonl", "summary.json"
_LONGEST = 1_000_000
"""Bytes of the longest line, or of a summary but for the users that it names."""
_LARGEST_SUMMARY = 200_000_000

M = TypeVar("M", bound=BaseModel)


def summary_of(results: Iterable[UserResult], run: Summary) -> Summary:
    """Return `run`, which says what is known of the run itself, with the numbers of its results."""
    verdicts, causes, changed = Counter[str](), Counter[str](), Counter[str]()
    accepted = flaky = requests = 0
    expired = []
    for result in results:
        verdicts[result.verdict] += 1
        causes.update(result.causes[:1])
        accepted += result.accepted
        flaky += result.flaky
        requests += result.requests
        if result.acceptance and result.acceptance.expired:
            expired.append(result.upn)
        if result.changed:
            changed[result.changed] += 1
            changed["unclear"] += result.changed in (ChangedSince.NEW, ChangedSince.CHANGED) and not result.certain
    return run.model_copy(
        update={
            "counts": {verdict.value: verdicts[verdict] for verdict in Verdict},
            "causes": dict(sorted(causes.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))),
            "changed": ChangeCounts(**changed),
            "accepted": accepted,
            "expired": tuple(expired),
            "flaky": flaky,
            "requests": requests,
        }
    )


def write_results(folder: Path, results: Iterable[UserResult], redactor: Redactor) -> None:
    """Write results.jsonl, a line for each result, in the order given.

    Raises:
        CannotWrite: the disk is full, or the folder is gone or not writable.
    """
    lines = (for_file(redactor, result).model_dump_json(by_alias=True) for result in results)
    write_own(folder / RESULTS, well_formed("".join(f"{line}\n" for line in lines)).encode())


def write_summary(folder: Path, summary: Summary, redactor: Redactor) -> None:
    """Write summary.json.

    Raises:
        CannotWrite: the disk is full, or the folder is gone or not writable.
    """
    text = json.dumps(for_file(redactor, summary).model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False)
    write_own(folder / SUMMARY, (well_formed(text) + "\n").encode())


def read_summary(folder: Path) -> Summary:
    """Return the summary of a run of many users.

    Raises:
        InputError: there is none, or it is not valid, or of a newer version.
    """
    path = folder / SUMMARY
    data = _bytes_of(path, _LARGEST_SUMMARY)
    try:
        schema = json_in(data).get("schema")
    except (ValueError, AttributeError):
        schema = None
    if isinstance(schema, int) and schema > BATCH_SCHEMA:
        why = f"was written by a newer version (schema {schema}; this one reads up to {BATCH_SCHEMA}); use that version"
        raise InputError(str(path), why)
    return _valid(Summary, data, str(path), "the summary of a run of many users")


def read_results(folder: Path) -> Iterator[UserResult]:
    """Yield the results in results.jsonl.

    Raises:
        InputError: there is no such file, or a line is not valid.
    """
    path = folder / RESULTS
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_LONGEST + 1):
                number += 1
                if len(line) > _LONGEST:
                    raise InputError(
                        f"{path}: line {number}", f"more than {_LONGEST / 1e6:g} MB; expected a user's result"
                    )
                if line.strip():
                    yield _valid(UserResult, line, f"{path}: line {number}", "a user's result")
    except OSError as error:
        raise InputError(
            str(path), f"{error.strerror or error}; expected the results of a run of many users"
        ) from error


def _bytes_of(path: Path, largest: int) -> bytes:
    try:
        if path.stat().st_size > largest:
            raise InputError(str(path), f"is larger than any summary ({largest / 1e6:.0f} MB)")
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            str(path), f"{error.strerror or error}; expected the summary of a run of many users"
        ) from error


def _valid(model: type[M], data: bytes, where: str, what: str) -> M:
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))[:100]
        raise InputError(where, f"is not {what}: {f'{place}: ' if place else ''}{first['msg'][:200]}") from None

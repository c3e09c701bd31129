"""The `troubleshooter diff` command."""

from __future__ import annotations

import json as json_
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Optional

import typer

from troubleshooter.cli.console import answer, guarded, say
from troubleshooter.cli.options import Given, named, with_options
from troubleshooter.cli.page_file import write_page
from troubleshooter.errors import InputError
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troubleshooter.model.batch_records import UserResult
    from troubleshooter.model.records import Change, Record


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    json: bool
    html: Path | None
    lang: str | None
    """The page's language; None for that of the later run."""


@guarded
@with_options(named("lang"))
def diff(
    given: Given,
    a: Annotated[Path, typer.Argument(metavar="A", help="The folder of a run.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="The folder of a later run.")],
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON on stdout.")] = False,
    html: Annotated[
        Optional[Path],
        typer.Option(
            metavar="FILE", help="Of two runs of one user: write a page that shows both pictures of each place."
        ),
    ] = None,
) -> None:
    """Compare two runs of many users, or two runs of one user: what is new, fixed, still there, changed.

    Exit code: 0 nothing is worse in B, 1 somebody is out of sync or without photo in B and was not in A, 4 nobody is,
    but somebody can no longer be determined, or B ended early. 2 wrong input.
    """
    from troubleshooter.batch.stored_run import is_stored_run  # noqa: PLC0415 - loads the records

    many = [is_stored_run(path) for path in (a, b)]
    if many[0] != many[1]:
        single = a if many[1] else b
        raise InputError(str(single), "is not a run of many users, but the other one is; expected two of the same kind")
    lang = validated(RunSettings, given).lang if "lang" in given else None
    if not all(many):
        _of_one(a, b, _Asked(json, html, lang))
    if html is not None:
        raise InputError("--html", "shows two runs of one user, but these are of many; leave it out")
    _of_many(a, b, json=json)


def _of_one(a: Path, b: Path, asked: _Asked) -> NoReturn:
    from troubleshooter.diagnose import diff_exit_code, differing  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import RunFolder  # noqa: PLC0415
    from troubleshooter.model.record_view import RecordView  # noqa: PLC0415

    before, after = (RunFolder(path).read_record() for path in (a, b))
    for what in ("tenant", "subject"):
        one, other = (str(getattr(record, what)) for record in (before, after))
        if one.casefold() != other.casefold():
            raise InputError(str(b), f"is of {what} {other}, but {a} is of {one}; expected two runs of the same {what}")
    changes = differing(before, after).changes
    unclear = [path for path, record in ((a, before), (b, after)) if not RecordView(record).tells]
    if asked.html is not None:
        _write((a, b), (before, after), changes, asked)
    if asked.json:
        ids = {"a": before.id, "b": after.id, "subject": after.subject}
        verdicts = {"before": before.verdict.value, "after": after.verdict.value, "compared": not unclear}
        answer(_line({**ids, **verdicts, "changes": [change.model_dump(mode="json") for change in changes]}))
    else:
        for path in unclear:
            answer(f"{path} was not conclusive, so nothing is compared.")
        if not unclear:
            answer(f"{after.subject}: {after.verdict}{'' if changes else '; nothing has changed'}")
        for change in changes:
            answer(f"  {change.text}")
    raise typer.Exit(diff_exit_code([(before.verdict, after.verdict)]))


def _write(
    folders: tuple[Path, Path], records: tuple[Record, Record], changes: Sequence[Change], asked: _Asked
) -> None:
    """Write the page, and say which evidence is no longer as its run left it."""
    from troubleshooter.cli.languages import Languages  # noqa: PLC0415
    from troubleshooter.report.two_runs import render  # noqa: PLC0415 - loads what renders
    from troubleshooter.run.output_names import check_place  # noqa: PLC0415
    from troubleshooter.run.two_runs import two_runs  # noqa: PLC0415 - loads what reads pictures

    assert asked.html
    for folder in folders:
        check_place("--html", asked.html, folder)
    lang = Languages.of(records[1].inputs.get("lang"), asked.lang).wanted
    runs = two_runs(folders, records, changes)
    write_page(asked.html, render(runs, lang=lang), mode=0o600)
    for run in (runs.a, runs.b):
        for wrong in run.discrepancies:
            say(f"troubleshooter: {run.folder / wrong.file}: {wrong.text}")


def _of_many(a: Path, b: Path, *, json: bool) -> None:
    from troubleshooter.batch.comparison import changes, not_checked, with_changes  # noqa: PLC0415
    from troubleshooter.batch.results import summary_of  # noqa: PLC0415
    from troubleshooter.batch.stored_run import read_run  # noqa: PLC0415
    from troubleshooter.diagnose import diff_exit_code  # noqa: PLC0415
    from troubleshooter.model.batch_records import ChangedSince, EndedBy  # noqa: PLC0415
    from troubleshooter.model.what_changed import what_changed  # noqa: PLC0415

    before, after = read_run(a), read_run(b)
    if before.summary.tenant != after.summary.tenant:
        why = f"is of tenant {after.summary.tenant}, but {a} is of {before.summary.tenant}"
        raise InputError(str(b), f"{why}; expected two runs of the same tenant")
    found, gone = changes(before.results, after.results), not_checked(before.results, after.results)
    run = after.summary.model_copy(update={"baseline": before.summary.id})
    summary = summary_of(with_changes(after.results, before.results), run)
    if json:
        users = [
            {"upn": change.upn, "changed": change.what, "before": _said(change.before), "after": _said(change.after)}
            for change in found
        ]
        ids = {"a": before.summary.id, "b": after.summary.id, "changed": summary.changed.model_dump()}
        answer(_line({**ids, "users": users, "not_checked": gone}))
    else:
        answer(what_changed(summary).text)
        order = list(ChangedSince)
        for change in sorted(found, key=lambda change: order.index(change.what)):
            was = _words(change.before) if change.before else "not checked"
            answer(f"  {change.what:<9} {change.upn}  {_words(change.after)} (before: {was})")
        if gone:
            answer(f"  not checked in {after.summary.id}: users of {before.summary.id}: {len(gone)}")
    verdicts = {result.upn: result.verdict for result in before.results}
    pairs = [(verdicts.get(result.upn), result.verdict) for result in after.results if not result.accepted]
    whole = after.summary.ended_by is EndedBy.DONE and not after.summary.missing
    raise typer.Exit(diff_exit_code(pairs, whole=whole))


def _said(result: UserResult | None) -> dict[str, Any] | None:
    return result.model_dump(mode="json", include=_COMPARED) if result else None


_COMPARED = {"verdict", "reason", "causes", "accepted", "run"}


def _words(result: UserResult) -> str:
    return " ".join(filter(None, (result.verdict, result.reason, *result.causes)))


def _line(value: dict[str, Any]) -> str:
    return json_.dumps(value, ensure_ascii=False)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("diff")(diff)

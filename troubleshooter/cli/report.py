"""The `troubleshooter report` command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from troubleshooter.cli.console import CANNOT_TELL, answer, answer_path, answer_text, guarded, say
from troubleshooter.cli.languages import Languages
from troubleshooter.cli.options import Given, Output, named, with_options
from troubleshooter.cli.run import print_result
from troubleshooter.cli.sharing import Sharing, only_for_one_user, share
from troubleshooter.cli.stamping import Signing
from troubleshooter.cli.texts import Text, text_of
from troubleshooter.errors import InputError
from troubleshooter.run.options import declared, validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from troubleshooter.model.judgement_records import Discrepancy
    from troubleshooter.model.records import Record


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    settings: RunSettings
    output: Output
    sharing: Sharing
    lang: str | None
    """The language; None for the run's own."""
    signing: Signing
    text: Text | None

    def in_language(self, lang: str) -> RunSettings:
        """Return the settings for what is written in a language."""
        return self.settings.model_copy(update={"lang": lang})


@guarded
@with_options((*declared(Sharing), *named("also", "lang", "browser", "executable", "sign", "timestamp")))
def report(
    given: Given,
    run_dir: Annotated[
        Path, typer.Argument(metavar="RUN_DIR", help="The folder of a run, of one user or of many (verify, merge).")
    ],
    json: Annotated[
        bool, typer.Option("--json", help="Print the record, or the summary, as one line of JSON on stdout.")
    ] = False,
    text: Annotated[
        Text | None,
        typer.Option(
            help="Also print the text for the ticket, or a text that can be sent to the user as it is, on stdout.",
            show_choices=True,
        ),
    ] = None,
) -> None:
    """Render a run's report again from its record and evidence, without a browser.

    It is written as index.html in the run's own language; in another one (--lang), as index.LANGUAGE.html beside it.

    It can also be passed on in other formats. FILE may be omitted: the file is then written next to the run's folder,
    which stays as the run left it. Only a PDF needs a browser.

    Exit code: that of the run, derived from its record; 4 if a file is no longer as the run left it.
    """
    from troubleshooter.batch.stored_run import is_stored_run  # noqa: PLC0415
    from troubleshooter.evidence.signer import signer  # noqa: PLC0415

    if text and json:
        raise InputError("--text", "is not JSON; leave out --json")
    settings, output = validated(RunSettings, given), validated(Output, {**given, "as_json": json})
    signing = Signing(signer(settings.sign), settings.timestamp)
    lang = settings.lang if "lang" in given else None
    asked = _Asked(settings, output, validated(Sharing, given), lang, signing, text)
    if is_stored_run(run_dir):
        _render_many(run_dir, asked)
    _render_one(run_dir, asked)


def _render_one(path: Path, asked: _Asked) -> NoReturn:
    """Render the report of a run of one user again, and exit."""
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.evidence.integrity import discrepancies  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import STYLE, RunFolder  # noqa: PLC0415
    from troubleshooter.report import render, style_file  # noqa: PLC0415
    from troubleshooter.run.output_names import targets  # noqa: PLC0415

    wanted, folder = asked.sharing.files(asked.output.also), RunFolder(path)
    record = folder.read_record()
    files = targets(path, wanted)
    languages = Languages.of(record.inputs.get("lang"), asked.lang)
    changed = [*_contradiction(record), *discrepancies(folder, record, (*languages.files.values(), STYLE))]
    for wrong in changed:
        say(f"troubleshooter: {wrong.file}: {wrong.text}")
    shown = _completed(record)
    if asked.sharing.redact_subject:
        _copy(shown, wanted, asked, languages.wanted, changed=bool(changed))
    folder.write_style(style_file())
    written = languages.write(folder, lambda lang: render(shown, folder.path, lang=lang, discrepancies=changed))
    asked.signing.renew(folder, changed=bool(changed))
    share(shown, folder, files, asked.in_language(languages.wanted))
    if asked.text:
        answer_text(text_of(shown, folder.path, languages.wanted, asked.text))
    print_result(record, written, asked.output)
    raise typer.Exit(CANNOT_TELL if changed else exit_code(record))


def _copy(record: Record, wanted: Mapping[str, Path | None], asked: _Asked, lang: str, *, changed: bool) -> NoReturn:
    """Make the copy of a run for outside the company, and exit; a copy of changed evidence would hide the change."""
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.run.output_names import targets  # noqa: PLC0415
    from troubleshooter.run.outside_copy import outside_copy  # noqa: PLC0415 - loads what draws

    if changed:
        say("troubleshooter: no copy is made of evidence that was changed")
        raise typer.Exit(CANNOT_TELL)
    copy, folder = outside_copy(record, asked.sharing.out or asked.settings.out, lang)
    share(copy, folder, targets(folder.path, wanted), asked.in_language(lang))
    print_result(copy, folder.path / "index.html", asked.output)
    raise typer.Exit(exit_code(record))


def _render_many(path: Path, asked: _Asked) -> NoReturn:
    """Render the report of a run of many users again, and exit."""
    from troubleshooter.batch.stored_run import read_run  # noqa: PLC0415
    from troubleshooter.diagnose import verify_exit_code  # noqa: PLC0415
    from troubleshooter.evidence.archive import archive  # noqa: PLC0415
    from troubleshooter.evidence.integrity import altered  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import RunFolder, write_own  # noqa: PLC0415
    from troubleshooter.report import many  # noqa: PLC0415
    from troubleshooter.run.output_names import targets  # noqa: PLC0415

    if asked.text:
        raise InputError("--text", "is about one user; name the folder of that user's run")
    wanted = asked.sharing.files(asked.output.also)
    only_for_one_user(wanted, copy=asked.sharing.redact_subject)
    run, folder, files = read_run(path), RunFolder(path), targets(path, wanted)
    languages = Languages.of(run.summary.lang, asked.lang)
    changed = altered(folder, languages.files.values())
    for name in changed:
        say(f"troubleshooter: {name}: was changed after the check")
    report_path = languages.write(folder, lambda lang: many.render(run.summary, run.results, path, lang=lang))
    asked.signing.renew(folder, changed=bool(changed))
    for file in files.values():
        write_own(file, archive(folder, run.summary.started))
    if asked.output.as_json:
        answer(run.summary.model_dump_json(by_alias=True))
    else:
        answer_path(report_path)
    raise typer.Exit(CANNOT_TELL if changed else verify_exit_code(run.results, run.summary))


def _contradiction(record: Record) -> Iterator[Discrepancy]:
    from troubleshooter.diagnose.consistency import contradicts_itself  # noqa: PLC0415
    from troubleshooter.evidence.record_file import RECORD  # noqa: PLC0415
    from troubleshooter.model.judgement_records import Discrepancy  # noqa: PLC0415
    from troubleshooter.model.message import message  # noqa: PLC0415

    if contradicts_itself(record):
        said = message("was changed after the check: its verdict cannot follow from what it contains")
        yield Discrepancy.from_message(said, file=RECORD)


def _completed(record: Record) -> Record:
    """Return `record` with the details of its scenario; records of older versions lack them."""
    if record.scenario_details:
        return record
    from scenarios import SCENARIOS  # noqa: PLC0415 - it loads Playwright
    from troubleshooter.scenario import with_details  # noqa: PLC0415

    return with_details(record, SCENARIOS)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("report")(report)

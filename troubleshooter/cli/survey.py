"""The `troubleshooter survey` command."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli.console import CANNOT_TELL, answer_path, guarded, say, use
from troubleshooter.cli.options import Given, merged, named, with_options
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.cli.signals import until_ended
from troubleshooter.errors import InputError
from troubleshooter.model.message import Message
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troubleshooter.survey.findings import Findings
    from troubleshooter.survey.run import SurveyRequest

_OPTIONS = named(
    *("browser", "executable", "headed", "sign_in", "ui_locale", "timeout", "proxy", "out", "non_interactive"),
    "locators",
)
_WHAT = (
    "It holds the structure of the pages, and answers from a fixed list of words. No name, address, user "
    "name, host or name of the tenant, token, picture or id of a person is in it: it can be sent."
)


@guarded
@with_options(_OPTIONS)
def survey(
    given: Given,
    tenant: Annotated[
        str,
        typer.Option("--tenant", envvar="TROUBLESHOOTER_TENANT", metavar="FILE", help="A tenant file, or `sandbox`."),
    ],
    account: Annotated[
        str | None, typer.Option("--as", envvar="TROUBLESHOOTER_AS", metavar="ACCOUNT", help="The account to use.")
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option(
            envvar="TROUBLESHOOTER_SUBJECT",
            metavar="UPN",
            help="A colleague whose photo and properties are asked for. Default: the account's own.",
        ),
    ] = None,
    page: Annotated[
        str | None,
        typer.Option(metavar="URL", help="A SharePoint page that shows people, best with a People web part."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write the file without asking.")] = False,
) -> None:
    """Visit the pages without changing anything, and save what nobody has seen yet, without people, in one file.

    Asks before it writes. The path of the file is the last line on stdout.
    """
    from troubleshooter.survey.run import Wanted, check_subject, prepared, surveyed  # noqa: PLC0415 - loads Playwright
    from troubleshooter.tenant.open import is_sandbox, opened  # noqa: PLC0415

    _check_can_ask(validated(RunSettings, given), yes=yes)
    if subject:
        check_subject(subject)
    with opened(tenant) as where:
        settings = validated(RunSettings, merged(given, where.options, where.file))
        _check_can_ask(settings, yes=yes)
        operator = None if settings.non_interactive else AtTerminal()
        file = "" if is_sandbox(tenant) else where.file
        request = prepared(Wanted(account, subject, page), where, settings, operator, tenant_file=file)
        use(request.asked.redactor)
        findings, stop = until_ended(lambda: surveyed(request, say))
    if findings.visited or findings.pages:
        _offer(findings, request, settings.out, yes=yes)
    if stop and not findings.signed_in:
        raise stop
    if not findings.visited:
        say("troubleshooter: no page could be looked at")
        raise typer.Exit(CANNOT_TELL)


def _check_can_ask(settings: RunSettings, *, yes: bool) -> None:
    """Check, before anything runs, that somebody can be asked whether to write the file.

    Raises:
        InputError: nobody can.
    """
    if not yes and (settings.non_interactive or not (sys.stdin and sys.stdin.isatty())):
        why = "--non-interactive forbids questions" if settings.non_interactive else "this is not a terminal"
        raise InputError("--yes", f"{why}, so nobody can be asked; add --yes to write the file")


def _offer(findings: Findings, request: SurveyRequest, out: Path, *, yes: bool) -> None:
    """Say what is in the file, ask whether to write it, and write it."""
    from troubleshooter.evidence.page_folder import page_folder  # noqa: PLC0415
    from troubleshooter.survey.archive import NAME, files_of, packed  # noqa: PLC0415
    from troubleshooter.survey.known import known_values  # noqa: PLC0415

    files = files_of(findings, known_values(request))
    data = packed(files)
    _describe(findings, files, len(data))
    if not yes and not _agreed():
        say("Nothing was written.")
        raise typer.Exit(CANNOT_TELL)
    with page_folder(out, "survey", datetime.now(UTC)) as folder:
        path = folder.write(NAME, data)
    answer_path(path)


def _describe(findings: Findings, files: Mapping[str, bytes], size: int) -> None:
    from troubleshooter.survey.questions import QUESTIONS  # noqa: PLC0415

    answered = sum(answer.value is not None for answer in findings.answers.values())
    say(f"{answered} of {len(QUESTIONS)} questions were answered. The file ({size // 1024 + 1} KB) contains:")
    for name, data in files.items():
        say(f"   {name} ({len(data) // 1024 + 1} KB)")
    say(_WHAT)


def _agreed() -> bool:
    """Ask at the terminal whether to write the file.

    Raises:
        InputError: nobody answered.
    """
    import asyncio  # noqa: PLC0415

    question = Message(text="Write the file (y or n)? ")
    answer = asyncio.run(AtTerminal().ask(question, hidden=False))
    if answer is None:
        raise InputError("--yes", "no answer; expected y or n, or --yes on the command line")
    return answer.reveal().lower() in ("y", "yes")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("survey")(survey)

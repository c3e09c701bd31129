"""`troubleshooter run`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from troubleshooter.cli._console import guarded
from troubleshooter.cli._options import Given, with_options
from troubleshooter.cli._run import Asked, run_and_exit


@guarded
@with_options
def run(
    given: Given,
    scenario: Annotated[str, typer.Argument(help="A scenario's id; `troubleshooter scenarios list` names them.")],
    tenant: Annotated[
        str,
        typer.Option(
            "--tenant",
            envvar="TROUBLESHOOTER_TENANT",
            metavar="FILE",
            help="A tenant file, or `sandbox` or `sandbox:FAULT` for the built-in tenant.",
        ),
    ],
    account: Annotated[
        str | None,
        typer.Option(
            "--as", envvar="TROUBLESHOOTER_AS", metavar="ACCOUNT", help="The account of the tenant file that signs in."
        ),
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option(
            "--subject",
            envvar="TROUBLESHOOTER_SUBJECT",
            metavar="UPN",
            help="The user whose photo is checked. Default: the account's own user.",
        ),
    ] = None,
    page: Annotated[
        list[str] | None,
        typer.Option(
            "--page",
            envvar="TROUBLESHOOTER_PAGE",
            metavar="URL",
            help="A page where the photo is out of date, or whose People web part includes the user. Repeatable. "
            "Default: up to three pages that the account may read are found.",
        ),
    ] = None,
    expect: Annotated[
        Path | None,
        typer.Option(
            "--expect",
            envvar="TROUBLESHOOTER_EXPECT",
            metavar="PHOTO",
            help="The photo that everyone should see; else the photo at the source is the reference.",
        ),
    ] = None,
) -> None:
    """Run one scenario for one user."""
    run_and_exit(Asked(scenario, tenant, account, subject, tuple(page or ()), expect), given)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("run")(run)

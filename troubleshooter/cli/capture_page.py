"""The `troubleshooter capture-page` command."""

from __future__ import annotations

from typing import Annotated

import typer

from troubleshooter.cli.console import CANNOT_TELL, answer_path, guarded, say, use
from troubleshooter.cli.options import Given, merged, named, with_options
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.cli.signals import until_ended
from troubleshooter.errors import CannotTell
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

_OPTIONS = named(
    *("browser", "executable", "headed", "sign_in", "ui_locale", "timeout", "proxy", "out", "non_interactive"),
    "locators",
)
_WHY_SAFE = (
    "The file holds the page's structure: elements, roles, ids, classes, sizes, and the shape of the addresses that it "
    "requested. Whatever is not known to be structure was replaced, the same by the same: texts, names, addresses, "
    "ids of people, tokens, numbers, pictures. Its head says how to read it. It contains no script, loads nothing, and "
    "can be sent."
)


@guarded
@with_options(_OPTIONS)
def capture_page(
    given: Given,
    url: Annotated[str, typer.Argument(metavar="URL", help="The page: https://…, in the tenant or of Microsoft 365.")],
    tenant: Annotated[
        str,
        typer.Option("--tenant", envvar="TROUBLESHOOTER_TENANT", metavar="FILE", help="A tenant file, or `sandbox`."),
    ],
    account: Annotated[
        str | None, typer.Option("--as", envvar="TROUBLESHOOTER_AS", metavar="ACCOUNT", help="The account to use.")
    ] = None,
) -> None:
    """Save a page without its people, so that it can be sent to whoever repairs the locators.

    The path of the file is printed on stdout. `sandbox serve --page FILE` shows the page again.
    """
    from troubleshooter.capture.page import contents  # noqa: PLC0415
    from troubleshooter.run.capture_page import check_url, page_to_save, save_page  # noqa: PLC0415 - loads Playwright
    from troubleshooter.run.repairs import repairs_for  # noqa: PLC0415
    from troubleshooter.tenant.open import is_sandbox, opened  # noqa: PLC0415
    from troubleshooter.tenant.sandbox import outline  # noqa: PLC0415

    if is_sandbox(tenant):
        check_url(url, outline().hosts())  # starting it takes a while
    with opened(tenant) as where:
        settings = validated(RunSettings, merged(given, where.options, where.file))
        operator = None if settings.non_interactive else AtTerminal()
        asked = page_to_save(url, where, account, settings, operator)
        repairs = repairs_for(settings.locators, "" if is_sandbox(tenant) else where.file)
        use(asked.redactor)
        try:
            path = until_ended(lambda: save_page(asked, repairs))
        except CannotTell as error:
            say(f"troubleshooter: {error.note.text}")
            raise typer.Exit(CANNOT_TELL) from None
    say(f"Saved: {contents(path.read_bytes())}.")
    say(_WHY_SAFE)
    answer_path(path)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("capture-page")(capture_page)

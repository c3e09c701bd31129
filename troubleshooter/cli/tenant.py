"""The `troubleshooter tenant` commands."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from troubleshooter.cli.app import App
from troubleshooter.cli.console import answer, guarded, say
from troubleshooter.errors import InputError

_HELP = "Tenant files: where a tenant's pages are, and which accounts may sign in."
app = App(help=_HELP, no_args_is_help=True)


@app.callback(help=_HELP)
def _root() -> None:
    """Keep one group, whatever its commands."""


@app.command("new")
@guarded
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as contoso.toml.")],
    sharepoint: Annotated[
        Optional[str],
        typer.Option(metavar="ADDRESS", help="Any SharePoint address, copied from the browser. Asked for if missing."),
    ] = None,
    username: Annotated[
        Optional[str],
        typer.Option(metavar="UPN", help="The user name of the account that signs in. Asked for if missing."),
    ] = None,
    account: Annotated[
        Optional[str],
        typer.Option("--as", metavar="ACCOUNT", help="What --as calls this account. Default: what is before the @."),
    ] = None,
    name: Annotated[
        Optional[str], typer.Option(metavar="TEXT", help="The name that reports show. Default: that of the address.")
    ] = None,
    cloud: Annotated[
        str,
        typer.Option(metavar="CLOUD", help="worldwide, gcch, dod or china; all but the first need --home and --my."),
    ] = "worldwide",
    home: Annotated[
        Optional[str],
        typer.Option(metavar="ADDRESS", help="Where a run begins. Default: https://www.office.com."),
    ] = None,
    my: Annotated[
        Optional[str], typer.Option(metavar="ADDRESS", help="Where OneDrive is. Default: derived from --sharepoint.")
    ] = None,
) -> None:
    """Write a commented tenant file, to be filled in; it never holds a password.

    An existing file is never overwritten. Prints the next two commands. Exit code: 0 written, 2 wrong input.
    """
    from troubleshooter.run.user_names import user_name  # noqa: PLC0415
    from troubleshooter.tenant.new_file import Known, new_file, sharepoint_of  # noqa: PLC0415 - loads the records

    _refuse_unusable(file)
    address = sharepoint or _asked("--sharepoint", "A SharePoint address, such as https://contoso.sharepoint.com")
    sharepoint_of(address, cloud)  # a mistake is reported before the next question
    upn = username or _asked("--username", "User name of the account that signs in, such as helpdesk@contoso.com")
    try:
        known = Known(address, user_name(upn), account, name, cloud, home, my)
    except ValueError as error:
        raise InputError("--username", str(error)) from None
    made = new_file(known, str(file))
    _write(file, made.text)
    say(f"{file} is written, without a password. First set {made.variable}, or use the keyring: the file says how.")
    say("Then try the sign-in, and check the photo of the account's own user (add --subject UPN for another user):")
    named = f"--tenant {shlex.quote(str(file))} --as {made.account}"
    answer(f"troubleshooter doctor {named}")
    answer(f"troubleshooter run photo-differs {named}")


def _refuse_unusable(file: Path) -> None:
    """Refuse a file that exists, is in no folder, or would be taken for the sandbox."""
    from troubleshooter.tenant.open import is_sandbox  # noqa: PLC0415 - loads the records

    if is_sandbox(str(file)):
        raise InputError("FILE", f"{str(file)!r} names the built-in sandbox; expected a name such as contoso.toml")
    try:
        if file.exists() or file.is_symlink():
            raise _taken(file)
        if not file.parent.is_dir():
            raise InputError(
                "FILE", f"{file}: the folder {file.parent} does not exist; create it, or name another file"
            )
    except OSError as error:
        raise _not_writable(file, error) from error


def _taken(file: Path) -> InputError:
    return InputError("FILE", f"{file} exists, and is not overwritten; name another file")


def _not_writable(file: Path, error: OSError) -> InputError:
    return InputError("FILE", f"{file}: {error.strerror or error}; expected a file that can be written")


def _asked(option: str, question: str) -> str:
    """Return the answer to a question at the terminal."""
    if not (sys.stdin and sys.stdin.isatty()):
        raise InputError(
            option, f"is missing, and nobody can be asked here; expected {question[0].lower()}{question[1:]}"
        )
    try:
        return str(typer.prompt(question, err=True))
    except typer.Abort:
        raise InputError(option, "no answer") from None


def _write(file: Path, text: str) -> None:
    """Write a file that does not exist yet; if that fails, nothing is left."""
    try:
        with file.open("x", encoding="utf-8") as out:
            try:
                out.write(text)
                out.flush()
            except BaseException:
                file.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise _taken(file) from None
    except OSError as error:
        raise _not_writable(file, error) from error


def register(root: typer.Typer) -> None:
    """Add the commands to `root`."""
    root.add_typer(app, name="tenant")

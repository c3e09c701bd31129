"""The `troubleshooter secret` commands."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated, NoReturn

import typer

from troubleshooter.cli.app import App
from troubleshooter.cli.console import answer, guarded
from troubleshooter.errors import InputError
from troubleshooter.redaction.printable import printable
from troubleshooter.redaction.secret import Secret, is_text

_HELP = (
    "Secrets in this computer's keyring. NAME is what follows `keyring:` in the tenant file, SERVICE/USER; without a "
    "slash, the service is `troubleshooter`: `helpdesk-totp` is `keyring:troubleshooter/helpdesk-totp`."
)
_MORE = {"allow_extra_args": True, "ignore_unknown_options": True}
"""Lets extra arguments through, so that a secret on the command line is refused here; the parser would print it."""

_NOT_TEXT = "\udcff"
"""What Python makes of a byte that can't be decoded."""
app = App(help=_HELP, no_args_is_help=True)
_Name = Annotated[str, typer.Argument(metavar="NAME", help="USER, or SERVICE/USER.")]


@app.callback()
def _root() -> None:
    """Keep one group, whatever its commands."""


def _alone(context: typer.Context) -> None:
    if context.args:
        raise InputError("secret", "expected one NAME and nothing else; the secret is asked for, or read from stdin")


def _shown(name: str) -> str:
    from troubleshooter.tenant.keyring import entry_of  # noqa: PLC0415

    return "/".join(entry_of(name))


@app.command("set", context_settings=_MORE)
@guarded
def set_(context: typer.Context, name: _Name) -> None:
    """Ask for a secret twice, without showing it, and store it. Without a terminal: read one line of stdin."""
    from troubleshooter.tenant import keyring  # noqa: PLC0415

    _alone(context)
    shown = _shown(name)
    keyring.get(name, "keyring")  # ask only where the answer can be stored
    keyring.put(name, _typed(shown) if sys.stdin and sys.stdin.isatty() else _read())
    answer(f"{shown} is in the keyring; the tenant file names it keyring:{shown}")


@app.command("check", context_settings=_MORE)
@guarded
def check(context: typer.Context, name: _Name) -> None:
    """Check whether the secret exists, without showing it. Exit code 0, or 2 when it does not."""
    from troubleshooter.tenant import keyring  # noqa: PLC0415

    _alone(context)
    if keyring.get(name, "keyring") is None:
        _missing(name)
    answer(f"{_shown(name)} is in the keyring")


@app.command("delete", context_settings=_MORE)
@guarded
def delete(context: typer.Context, name: _Name) -> None:
    """Remove the secret. Exit code 2 when there is none."""
    from troubleshooter.tenant import keyring  # noqa: PLC0415

    _alone(context)
    if not keyring.remove(name):
        _missing(name)
    answer(f"{_shown(name)} was removed from the keyring")


def _missing(name: str) -> NoReturn:
    shown = _shown(name)
    raise InputError("NAME", f"the keyring has no entry {shown}; `troubleshooter secret set {shown}` creates it")


def _typed(shown: str) -> Secret:
    try:
        first, second = (
            getpass.getpass(printable(f"{ask} {shown}: ")) for ask in ("Secret for", "Repeat the secret for")
        )
    except (EOFError, UnicodeError):
        first = second = ""
    if not first or not is_text(first):
        raise InputError("secret", "no answer at the prompt")
    if first != second:
        raise InputError("secret", "the two answers differ; nothing was stored")
    return Secret(first)


def _read() -> Secret:
    try:
        text = sys.stdin.read().removesuffix("\n").removesuffix("\r") if sys.stdin else ""
    except UnicodeError:
        text = _NOT_TEXT
    if not is_text(text):
        raise InputError("secret", "stdin is not valid UTF-8; expected one line, the secret")
    if not text.strip() or "\n" in text:
        raise InputError("secret", "expected one line on stdin, the secret")
    return Secret(text)


def register(root: typer.Typer) -> None:
    """Add the commands to `root`."""
    root.add_typer(app, name="secret")

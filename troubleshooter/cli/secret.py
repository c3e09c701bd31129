"""`troubleshooter secret`"""

from __future__ import annotations

import getpass
import sys
from typing import Annotated, NoReturn

import typer

from troubleshooter.cli._console import answer, guarded
from troubleshooter.errors import InputError
from troubleshooter.redaction.secret import Secret, is_text

_HELP = (
    "Secrets in this computer's keyring. NAME is what stands after `keyring:` in the tenant file, SERVICE/USER; "
    "without a slash the service is `troubleshooter`: `keyring:troubleshooter/helpdesk-totp` is `helpdesk-totp`."
)
_MORE = {"allow_extra_args": True, "ignore_unknown_options": True}
"""So that a secret on the command line is refused here: the parser would repeat it."""

_NO_TEXT = "\udcff"
"""What Python makes of a byte that belongs to no text."""
app = typer.Typer(help=_HELP, no_args_is_help=True)
_Name = Annotated[str, typer.Argument(metavar="NAME", help="USER, or SERVICE/USER.")]


@app.callback()
def _root() -> None:
    """Keep one group, whatever its commands."""


def _alone(context: typer.Context) -> None:
    if context.args:
        raise InputError("secret", "one NAME and nothing else; a secret is asked for, or read from stdin")


def _shown(name: str) -> str:
    from troubleshooter.tenant.keyring import entry_of  # noqa: PLC0415

    return "/".join(entry_of(name))


@app.command("set", context_settings=_MORE)
@guarded
def set_(context: typer.Context, name: _Name) -> None:
    """Ask for a secret twice, without showing it, and keep it. Without a terminal: one line of stdin."""
    from troubleshooter.tenant import keyring  # noqa: PLC0415

    _alone(context)
    shown = _shown(name)
    keyring.get(name, "keyring")  # a person is asked only where the answer can be kept
    keyring.put(name, _typed(shown) if sys.stdin and sys.stdin.isatty() else _read())
    answer(f"{shown} is in the keyring; the tenant file names it keyring:{shown}")


@app.command("check", context_settings=_MORE)
@guarded
def check(context: typer.Context, name: _Name) -> None:
    """Say whether the secret is there, and never show it. Exit code 0, or 2 when it is not."""
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
    answer(f"{_shown(name)} is gone from the keyring")


def _missing(name: str) -> NoReturn:
    shown = _shown(name)
    raise InputError("NAME", f"the keyring has no entry {shown}; allowed: `troubleshooter secret set {shown}` makes it")


def _typed(shown: str) -> Secret:
    try:
        first, second = (getpass.getpass(f"{ask} {shown}: ") for ask in ("Secret for", "Once more, for"))
    except (EOFError, UnicodeError):
        first = second = ""
    if not first or not is_text(first):
        raise InputError("secret", "no answer at the prompt")
    if first != second:
        raise InputError("secret", "the two answers differ; nothing was kept")
    return Secret(first)


def _read() -> Secret:
    try:
        text = sys.stdin.read().removesuffix("\n").removesuffix("\r") if sys.stdin else ""
    except UnicodeError:
        text = _NO_TEXT
    if not is_text(text):
        raise InputError("secret", "stdin holds what is no text; allowed: one line of UTF-8, the secret")
    if not text.strip() or "\n" in text:
        raise InputError("secret", "stdin has to hold one line, the secret")
    return Secret(text)


def register(root: typer.Typer) -> None:
    """Add the commands to `root`."""
    root.add_typer(app, name="secret")

"""Resolves secrets from the environment, the computer's keyring, or a prompt; never from a file or an option."""

from __future__ import annotations

import base64
import getpass
import os
import sys
from collections.abc import Mapping

from troubleshooter.errors import InputError
from troubleshooter.redaction.printable import printable
from troubleshooter.redaction.secret import Secret, is_text
from troubleshooter.tenant import keyring
from troubleshooter.tenant.file import Account


def resolve(reference: str, where: str, *, known: Mapping[str, Secret], ask: bool, prompt: str = "") -> Secret:
    """Return the secret that `reference` (`env:NAME`, `keyring:SERVICE/USER`, `prompt`) names.

    Args:
        where: the place that an error mentions, such as `accounts.ana.password`.
        known: values for `env:` names that this process made up itself; they win over the environment.
        ask: whether the user may be prompted.

    Raises:
        InputError: the variable is not set, the keyring has no such entry, or nobody answered.
    """
    kind, _, rest = reference.partition(":")
    if kind == "env":
        if rest in known:
            return known[rest]  # what is set outside may be another sandbox's
        value = os.environ.get(rest)
        if value:
            if not is_text(value):
                raise InputError(where, f"the environment variable {rest} is not valid UTF-8; set it to UTF-8 text")
            return Secret(value)
        raise InputError(where, f"the environment variable {rest} is not set; set it to the secret")
    if kind == "keyring":
        return _from_keyring(rest, where)
    if not ask or not sys.stdin or not sys.stdin.isatty():
        raise InputError(where, "nobody can be asked here; use env:NAME or keyring:SERVICE/USER")
    try:
        answer = getpass.getpass(printable(prompt))
    except (EOFError, UnicodeError):
        answer = ""
    if not answer or not is_text(answer):
        raise InputError(where, "no answer at the prompt")
    return Secret(answer)


def _from_keyring(entry: str, where: str) -> Secret:
    found = keyring.get(entry, where)
    if found is None:
        raise InputError(where, f"the keyring has no entry {entry}")
    return found


def password_of(account: Account, name: str, known: Mapping[str, Secret], *, ask: bool) -> Secret:
    """Return the password of the tenant file's account `name`."""
    prompt = f"Password for {account.username}: "
    return resolve(account.password, f"accounts.{name}.password", known=known, ask=ask, prompt=prompt)


def totp_of(account: Account, name: str, known: Mapping[str, Secret], *, ask: bool = False) -> Secret | None:
    """Return the seed of the account's one-time codes, in upper case without spaces; None if it has none.

    Raises:
        InputError: the seed is missing, or not base32; the error never shows it.
    """
    if account.totp is None:
        return None
    where = f"accounts.{name}.totp"
    found = resolve(account.totp, where, known=known, ask=ask, prompt=f"Seed for the one-time codes of {name}: ")
    seed = "".join(found.reveal().split()).replace("-", "").rstrip("=").upper()
    try:
        good = bool(base64.b32decode(seed + "=" * (-len(seed) % 8)))
    except ValueError:
        good = False
    if not good:
        what = "the seed is not base32; expected the letters A to Z and digits 2 to 7 that the set-up page shows"
        raise InputError(where, what)
    return Secret(seed)

"""Where a secret comes from: the environment, the computer's keyring, or a prompt; never a file or an option."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping

from troubleshooter.errors import InputError
from troubleshooter.secret import Secret
from troubleshooter.tenant_file import Account


def resolve(reference: str, where: str, *, known: Mapping[str, Secret], ask: bool, prompt: str = "") -> Secret:
    """Return the secret that `reference` (`env:NAME`, `keyring:SERVICE/USER`, `prompt`) names.

    Args:
        where: what to name in an error, `accounts.ana.password`.
        known: values of `env:` names that this process holds itself.
        ask: whether a person may be asked.

    Raises:
        InputError: the variable is not set, the keyring has no such entry, or nobody answered.
    """
    kind, _, rest = reference.partition(":")
    if kind == "env":
        value = os.environ.get(rest)
        if value:
            return Secret(value)
        if rest in known:
            return known[rest]
        raise InputError(where, f"the environment variable {rest} is not set; allowed: set it to the secret")
    if kind == "keyring":
        return _from_keyring(rest, where)
    if not ask or not sys.stdin or not sys.stdin.isatty():
        raise InputError(where, "no one can be asked here; allowed: env:NAME or keyring:SERVICE/USER")
    try:
        answer = getpass.getpass(prompt)
    except EOFError:
        answer = ""
    if not answer:
        raise InputError(where, "no answer at the prompt")
    return Secret(answer)


def _from_keyring(entry: str, where: str) -> Secret:
    import keyring  # noqa: PLC0415 - slow to load, and needed only here
    from keyring.errors import KeyringError  # noqa: PLC0415

    service, _, user = entry.partition("/")
    try:
        value = keyring.get_password(service, user)
    except KeyringError as error:
        raise InputError(where, f"the keyring does not answer ({type(error).__name__})") from error
    if not value:
        raise InputError(where, f"the keyring has no entry {entry}")
    return Secret(value)


def password_of(account: Account, name: str, known: Mapping[str, Secret], *, ask: bool) -> Secret:
    """Return the password of the tenant file's account `name`."""
    prompt = f"Password of {account.username}: "
    return resolve(account.password, f"accounts.{name}.password", known=known, ask=ask, prompt=prompt)

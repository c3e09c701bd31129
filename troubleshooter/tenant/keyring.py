"""Reads and writes the computer's keyring. A tenant file names its entry `SERVICE/USER` as `keyring:SERVICE/USER`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from troubleshooter.errors import InputError
from troubleshooter.redaction.secret import Secret

SERVICE = "troubleshooter"
"""The service of an entry whose name is only a user."""
_NONE = (
    "this computer has no keyring that works; use env:NAME (Windows and macOS have a keyring; on Linux, the desktop's "
    "is used: GNOME Keyring or KWallet)"
)


def entry_of(name: str) -> tuple[str, str]:
    """Return the service and the user of the entry `name`: `SERVICE/USER`, or `USER` for the service `troubleshooter`.

    Raises:
        InputError: one of them is empty.
    """
    service, slash, user = name.removeprefix("keyring:").partition("/")
    if not slash:
        service, user = SERVICE, service
    if not service.strip() or not user.strip():
        raise InputError("NAME", f"{name!r} is not the name of an entry; expected USER or SERVICE/USER")
    return service, user


def get(name: str, where: str) -> Secret | None:
    """Return the secret of the entry `name`; None if there is none.

    Raises:
        InputError: there is no keyring, or it does not respond.
    """
    service, user = entry_of(name)
    with _answering(where):
        import keyring  # noqa: PLC0415 - slow to load, and needed only here

        value = keyring.get_password(service, user)
    return Secret(value) if value else None


def put(name: str, secret: Secret) -> None:
    """Store `secret` under `name`, replacing any previous value.

    Raises:
        InputError: there is no keyring, or it did not store the secret.
    """
    service, user = entry_of(name)
    with _answering("keyring"):
        import keyring  # noqa: PLC0415

        keyring.set_password(service, user, secret.reveal())
    if get(name, "keyring") != secret:
        raise InputError("keyring", f"it did not store {service}/{user}; unlock it, or use env:NAME")


def remove(name: str) -> bool:
    """Remove the entry `name`; return whether there was one.

    Raises:
        InputError: there is no keyring, or it does not respond.
    """
    if get(name, "keyring") is None:
        return False
    service, user = entry_of(name)
    with _answering("keyring"):
        import keyring  # noqa: PLC0415

        keyring.delete_password(service, user)
    return True


@contextmanager
def _answering(where: str) -> Iterator[None]:
    """Turn a keyring's errors into one line, without their messages, which may contain the secret."""
    from keyring.errors import InitError, KeyringError, NoKeyringError  # noqa: PLC0415

    try:
        yield
    except (NoKeyringError, InitError, ImportError):
        raise InputError(where, _NONE) from None
    except (KeyringError, OSError, RuntimeError, AttributeError) as error:
        raise InputError(where, f"the keyring does not answer ({type(error).__name__})") from None

"""Keyrings for tests, selected by PYTHON_KEYRING_BACKEND as keyring's documentation describes."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class FileRing(KeyringBackend):
    """A keyring that stores its entries in the file TEST_RING."""

    priority = 1

    def _entries(self) -> dict[str, str]:
        path = Path(os.environ["TEST_RING"])
        return json.loads(path.read_text()) if path.exists() else {}

    def _write(self, entries: dict[str, str]) -> None:
        Path(os.environ["TEST_RING"]).write_text(json.dumps(entries))

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._entries() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        if entries.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("not there")
        self._write(entries)


class LockedRing(FileRing):
    """A keyring that refuses to store a secret and repeats it in its error, which it should not do."""

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"cannot keep {password}")


class ForgetfulRing(FileRing):
    """A keyring that accepts everything and stores nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return

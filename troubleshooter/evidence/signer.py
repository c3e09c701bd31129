"""Gives what signs a manifest, where a key is named; only then is loaded what reads keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Sign = Callable[[bytes, bytes | None], bytes]
"""Returns the envelope of a manifest, signed; signatures of the same manifest in an earlier envelope are kept."""


def signer(key: Path | None, option: str = "--sign") -> Sign | None:
    """Return what signs with the private key in a file; None if none is named.

    Args:
        option: what named the file, for errors.

    Raises:
        InputError: it is not a key that can sign.
    """
    if key is None:
        return None
    from troubleshooter.evidence.signing import SigningKey  # noqa: PLC0415 - loads cryptography

    return SigningKey.read(key, option).sign

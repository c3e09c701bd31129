"""Asks a timestamp service (RFC 3161) when a signature was there, and reads its answer.

`rfc3161-client`, an optional extra, does it: it checks the answer's signature and its chain of certificates, which
would be much to write and more to get wrong.
"""

from __future__ import annotations

import hashlib
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from troubleshooter.errors import InputError

_LARGEST = 200_000
"""Bytes of the largest answer, which contains a few certificates."""
_LONGEST = 30.0
"""Seconds that a service may take."""
_HASHES: dict[str, str] = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


class NoTimestamp(Exception):
    """A service gave no timestamp; the message says why."""


class Checked(StrEnum):
    """What is known of a timestamp."""

    NOT_CHECKED = "not-checked"
    """It is about this signature; who made it was not checked, because no certificate was given."""
    TRUSTED = "trusted"
    """By a service of the certificate that was given."""
    NOT_TRUSTED = "not-trusted"
    """Not by a service of the certificate that was given."""
    UNREADABLE = "unreadable"
    """It is not a timestamp, or about something else."""
    NO_READER = "no-reader"
    """What reads timestamps is not installed."""


@dataclass(frozen=True)
class Timestamp:
    """When a signature was there, as a service says."""

    checked: Checked
    at: datetime | None = None


def has_reader() -> bool:
    """Return whether what reads timestamps is installed."""
    return find_spec("rfc3161_client") is not None


def check_service(url: str) -> None:
    """Check what can be checked of `--timestamp` before anything runs.

    Raises:
        InputError: it is not the address of a service, or what asks services is not installed.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise InputError(
            "--timestamp", f"{url!r} is not the address of a service; expected one with http:// or https://"
        )
    if not has_reader():
        raise InputError("--timestamp", "rfc3161-client is not installed; pip install 'troubleshooter[timestamp]'")


def requested(url: str, data: bytes) -> bytes:
    """Return the answer of the service at `url` about `data`, of which it learns the SHA-256 only.

    Raises:
        NoTimestamp: there was none, or it is about something else.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 - an extra

    asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    headers = {"Content-Type": "application/timestamp-query"}
    request = urllib.request.Request(url, asked.as_bytes(), headers)  # noqa: S310 - http or https, as checked
    try:
        with urllib.request.urlopen(request, timeout=_LONGEST) as response:  # noqa: S310
            answer: bytes = response.read(_LARGEST)
    except (OSError, ValueError) as error:
        raise NoTimestamp(f"{url}: {error}") from error
    found = _decoded(answer)
    if found is None or not _is_about(found, data) or found.tst_info.nonce != asked.nonce:
        raise NoTimestamp(f"{url}: its answer is not a timestamp of this signature")
    return answer


def read(answer: bytes, data: bytes, root: Any = None) -> Timestamp:  # noqa: ANN401 - a certificate of `cryptography`
    """Return what the stored answer of a service says about `data`.

    Args:
        root: the certificate that the service's has to descend from; None if it is not to be checked.
    """
    if not has_reader():
        return Timestamp(Checked.NO_READER)
    found = _decoded(answer)
    if found is None or not _is_about(found, data):
        return Timestamp(Checked.UNREADABLE)
    at: datetime = found.tst_info.gen_time
    if root is None:
        return Timestamp(Checked.NOT_CHECKED, at)
    from rfc3161_client import VerificationError, VerifierBuilder  # noqa: PLC0415 - an extra

    try:
        VerifierBuilder().add_root_certificate(root).build().verify_message(found, data)
    except (VerificationError, ValueError):
        return Timestamp(Checked.NOT_TRUSTED, at)
    return Timestamp(Checked.TRUSTED, at)


def certificate(path: Path, option: str) -> Any:  # noqa: ANN401 - a certificate of `cryptography`
    """Return the certificate in a PEM file.

    Raises:
        InputError: it can't be read, is not one, or what reads timestamps is not installed.
    """
    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 - takes a while to load

    if not has_reader():
        raise InputError(option, "rfc3161-client is not installed; pip install 'troubleshooter[timestamp]'")
    try:
        return load_pem_x509_certificate(path.read_bytes())
    except OSError as error:
        raise InputError(option, f"{path}: {error.strerror or error}; expected a certificate in PEM") from error
    except ValueError:
        raise InputError(option, f"{path} is not a certificate; expected one in PEM") from None


def _decoded(answer: bytes) -> Any:  # noqa: ANN401 - an extra
    """Return a granted answer; None if it is not one."""
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415 - an extra

    try:
        found = decode_timestamp_response(answer)
        return found if found.status == 0 and found.tst_info else None
    except (ValueError, TypeError):
        return None


def _is_about(found: Any, data: bytes) -> bool:  # noqa: ANN401 - an extra
    imprint = found.tst_info.message_imprint
    algorithm = _HASHES.get(imprint.hash_algorithm.dotted_string)
    return algorithm is not None and bool(imprint.message == hashlib.new(algorithm, data).digest())

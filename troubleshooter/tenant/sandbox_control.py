"""Client of a running sandbox's control host, on loopback only. It never contacts a tenant."""

from __future__ import annotations

import hashlib
import http.client
import json
import ssl
from base64 import b64encode

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from troubleshooter.errors import InputError

HOST = "sandbox.invalid"
"""The name of the control host; no resolver knows it."""


def command(address: str, spki: str, action: str, what: dict[str, object]) -> str:
    """Post `what` to the control `action` of the sandbox at the loopback `address`; return its response as text.

    Raises:
        InputError: nothing responds there, its key is not `spki`, or it refuses.
    """
    host, _, port = address.rpartition(":")
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # the key is compared below, as the browser does
    connection = http.client.HTTPSConnection(host.strip("[]"), int(port), context=context, timeout=10)
    try:
        connection.connect()
        _check_key(connection, spki, address)
        connection.request("POST", f"/{action}", json.dumps(what), {"Host": HOST, "Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
    except OSError as error:
        raise InputError("--tenant", f"no sandbox answers at {address}; is `sandbox serve` still running?") from error
    finally:
        connection.close()
    if answer.status >= 400:
        raise InputError(action, text.strip()[:300])
    return text


def _check_key(connection: http.client.HTTPSConnection, spki: str, address: str) -> None:
    raw = connection.sock.getpeercert(binary_form=True) if isinstance(connection.sock, ssl.SSLSocket) else None
    key = x509.load_der_x509_certificate(raw).public_key() if raw else None
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) if key else b""
    if b64encode(hashlib.sha256(der).digest()).decode() != spki:
        raise InputError("--tenant", f"what answers at {address} is not the sandbox that wrote the file")

"""Signs manifests with Ed25519 keys, as DSSE envelopes (github.com/secure-systems-lab/dsse), and checks signatures.

`cryptography` does it, which the product needs anyway; a DSSE library would add one line of ours in return for another
dependency.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from troubleshooter.errors import InputError
from troubleshooter.model.untrusted_json import json_in

PAYLOAD_TYPE = "application/vnd.in-toto+json"
_LARGEST_KEY = 100_000
_MAKE_ONE = "make one with: openssl genpkey -algorithm ed25519 -out key.pem"


@dataclass(frozen=True)
class Signature:
    """One signature in an envelope."""

    key_id: str
    """Who claims to have signed: the SHA-256 of the public key, in hex."""
    value: bytes


@dataclass(frozen=True)
class Envelope:
    """A signed manifest."""

    payload: bytes
    """The manifest, byte for byte as it was signed."""
    payload_type: str
    signatures: tuple[Signature, ...]

    @property
    def signed(self) -> bytes:
        """What the signatures are over, so that the type of the payload cannot be changed either."""
        return pre_authentication(self.payload_type, self.payload)

    def written(self) -> bytes:
        """Return the envelope as the content of a file."""
        signatures = [{"keyid": one.key_id, "sig": _base64(one.value)} for one in self.signatures]
        fields = {"payloadType": self.payload_type, "payload": _base64(self.payload), "signatures": signatures}
        return (json.dumps(fields, indent=1) + "\n").encode()


def pre_authentication(payload_type: str, payload: bytes) -> bytes:
    """Return the bytes that a DSSE signature is over."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def envelope_in(data: bytes) -> Envelope | None:
    """Return the envelope in a file's content; None if it is not one."""
    try:
        found = json_in(data)
        signatures = tuple(Signature(str(one.get("keyid", "")), _bytes(one["sig"])) for one in found["signatures"])
        return Envelope(_bytes(found["payload"]), str(found["payloadType"]), signatures)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class VerifyingKey:
    """The public half of a key."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key
        spki = serialization.PublicFormat.SubjectPublicKeyInfo
        self.id = hashlib.sha256(key.public_bytes(serialization.Encoding.DER, spki)).hexdigest()

    @classmethod
    def read(cls, path: Path, option: str) -> VerifyingKey:
        """Return the public key in a PEM file, which may also contain a private key.

        Raises:
            InputError: it can't be read, or is not an Ed25519 key.
        """
        data = _key_file(path, option)
        if b"PRIVATE KEY" in data:
            return SigningKey.read(path, option).public
        try:
            key = serialization.load_pem_public_key(data)
        except (ValueError, UnsupportedAlgorithm):
            raise InputError(option, f"{path} is not a key; expected an Ed25519 public key in PEM") from None
        if not isinstance(key, Ed25519PublicKey):
            raise InputError(option, f"{path} is {_kind(key)}; expected an Ed25519 public key in PEM")
        return cls(key)

    def verifies(self, envelope: Envelope) -> bool:
        """Return whether `envelope` is of a manifest, and one of its signatures was made with this key."""
        made = any(self._made(one.value, envelope.signed) for one in envelope.signatures)
        return made and envelope.payload_type == PAYLOAD_TYPE

    def _made(self, value: bytes, signed: bytes) -> bool:
        try:
            self._key.verify(value, signed)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """A private key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = VerifyingKey(key.public_key())

    @classmethod
    def read(cls, path: Path, option: str) -> SigningKey:
        """Return the private key in a PEM file.

        Raises:
            InputError: it can't be read, is not an Ed25519 private key, or is encrypted.
        """
        data = _key_file(path, option)
        if b"PUBLIC KEY" in data:
            raise InputError(option, f"{path} is a public key; expected an Ed25519 private key in PEM")
        if b"ENCRYPTED" in data:
            raise InputError(option, f"{path} is encrypted; expected an Ed25519 private key without a passphrase")
        try:
            key = serialization.load_pem_private_key(data, None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            why = f"{path} is not a key; expected an Ed25519 private key in PEM ({_MAKE_ONE})"
            raise InputError(option, why) from None
        if not isinstance(key, Ed25519PrivateKey):
            why = f"{path} is {_kind(key)}; expected an Ed25519 private key in PEM ({_MAKE_ONE})"
            raise InputError(option, why)
        return cls(key)

    def sign(self, payload: bytes, earlier: bytes | None = None) -> bytes:
        """Return the envelope of a manifest, signed.

        Args:
            payload: the manifest.
            earlier: an envelope; what other keys signed of the same manifest is kept.
        """
        known = envelope_in(earlier) if earlier else None
        others = known.signatures if known and (known.payload, known.payload_type) == (payload, PAYLOAD_TYPE) else ()
        value = self._key.sign(pre_authentication(PAYLOAD_TYPE, payload))
        kept = tuple(one for one in others if one.key_id != self.public.id)
        return Envelope(payload, PAYLOAD_TYPE, (*kept, Signature(self.public.id, value))).written()


def _key_file(path: Path, option: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_KEY + 1)
    except OSError as error:
        raise InputError(option, f"{path}: {error.strerror or error}; expected an Ed25519 key in PEM") from None
    if len(data) > _LARGEST_KEY:
        raise InputError(option, f"{path} is not a key; expected an Ed25519 key in PEM")
    return data


def _kind(key: object) -> str:
    name = type(key).__name__.removesuffix("PrivateKey").removesuffix("PublicKey")
    return f"a key of another kind ({name})"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: Any) -> bytes:  # noqa: ANN401 - whatever the JSON contains
    """Return what base64 of either alphabet encodes.

    Raises:
        ValueError: it is not base64.
    """
    if not isinstance(text, str):
        raise ValueError("not a text")
    try:
        return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error

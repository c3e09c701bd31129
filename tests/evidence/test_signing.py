"""Manifests are signed as DSSE envelopes; every key that cannot sign is refused in one line."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from troubleshooter.errors import InputError
from troubleshooter.evidence.signing import (
    Envelope,
    Signature,
    SigningKey,
    VerifyingKey,
    envelope_in,
    pre_authentication,
)

from .keys import key_pair, pem

PAYLOAD = b'{"_type": "https://in-toto.io/Statement/v1"}\n'


@pytest.fixture
def keys(tmp_path: Path) -> tuple[SigningKey, VerifyingKey]:
    """Return both halves of a key, read from files."""
    private, public = key_pair(tmp_path)
    return SigningKey.read(private, "--sign"), VerifyingKey.read(public, "--key")


def test_what_is_signed_is_that_of_the_specification():
    """The test vector of DSSE's protocol."""
    expected = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert expected == pre_authentication("http://example.com/HelloWorld", b"hello world")


def test_an_envelope_has_the_fields_of_the_specification(keys):
    """`payloadType`, `payload` and `signatures`, with the standard's base64."""
    signing, verifying = keys
    found = json.loads(signing.sign(PAYLOAD))
    assert {"payloadType", "payload", "signatures"} == found.keys()
    assert ("application/vnd.in-toto+json", PAYLOAD) == (found["payloadType"], base64.b64decode(found["payload"]))
    assert [verifying.id] == [one["keyid"] for one in found["signatures"]]


def test_a_signature_is_by_its_key_only(keys, tmp_path):
    """Another key's does not verify, whatever key id it claims."""
    signing, verifying = keys
    other = SigningKey.read(key_pair(tmp_path, "other")[0], "--sign")
    assert verifying.verifies(envelope_in(signing.sign(PAYLOAD)))
    assert not verifying.verifies(envelope_in(other.sign(PAYLOAD)))
    claimed = json.loads(other.sign(PAYLOAD))
    claimed["signatures"][0]["keyid"] = verifying.id
    assert not verifying.verifies(envelope_in(json.dumps(claimed).encode()))


def test_a_signature_of_something_else_does_not_count(keys):
    """The same key may sign other things, whose type says what they are."""
    signing, verifying = keys
    other = "text/plain"
    signature = Signature(verifying.id, signing._key.sign(pre_authentication(other, PAYLOAD)))
    assert not verifying.verifies(Envelope(PAYLOAD, other, (signature,)))


@pytest.mark.parametrize("field", ["payload", "payloadType"])
def test_neither_the_payload_nor_its_type_can_be_changed(keys, field):
    """Both are signed."""
    signing, verifying = keys
    found = json.loads(signing.sign(PAYLOAD))
    found[field] = base64.b64encode(PAYLOAD + b" ").decode()
    assert not verifying.verifies(envelope_in(json.dumps(found).encode()))


def test_two_people_sign_one_manifest(keys, tmp_path):
    """The signature of the first is kept; of another manifest's envelope nothing is, and nobody signs twice."""
    signing, verifying = keys
    private, public = key_pair(tmp_path, "second")
    second = SigningKey.read(private, "--key")
    both = envelope_in(second.sign(PAYLOAD, second.sign(PAYLOAD, signing.sign(PAYLOAD))))
    assert 2 == len(both.signatures)
    assert verifying.verifies(both)
    assert VerifyingKey.read(public, "--key").verifies(both)
    assert 1 == len(envelope_in(second.sign(PAYLOAD, signing.sign(b"{}"))).signatures)


def test_the_private_key_serves_to_check(tmp_path):
    """Its public half is in it."""
    private, public = key_pair(tmp_path)
    assert VerifyingKey.read(public, "--key").id == VerifyingKey.read(private, "--key").id


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"payload": 1}', b'{"payload": "*", "payloadType": "", "signatures": []}']
)
def test_what_is_no_envelope_is_not_read(data):
    """Nothing is made of it."""
    assert envelope_in(data) is None


def _encrypted() -> bytes:
    return pem(ed25519.Ed25519PrivateKey.generate(), serialization.BestAvailableEncryption(b"secret"))


def _public() -> bytes:
    public = ed25519.Ed25519PrivateKey.generate().public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


UNFIT = {
    "is encrypted": _encrypted,
    "is a public key": _public,
    "is a key of another kind": lambda: pem(ec.generate_private_key(ec.SECP256R1())),
    "is not a key": lambda: b"no key\xff",
}


@pytest.mark.parametrize("why", UNFIT)
def test_a_key_that_cannot_sign_is_refused(tmp_path, why):
    """The error names the file, and says what is expected."""
    path = tmp_path / "key.pem"
    path.write_bytes(UNFIT[why]())
    with pytest.raises(InputError) as caught:
        SigningKey.read(path, "--sign")
    assert "--sign" == caught.value.where
    assert caught.value.what.startswith(f"{path} {why}")
    assert "expected an Ed25519 private key" in caught.value.what


def test_a_key_that_cannot_be_read_is_refused(tmp_path):
    """A missing file, a folder, and a file that is much too large; of either half."""
    (tmp_path / "large").write_bytes(bytes(200_000))
    for path in (tmp_path / "none", tmp_path, tmp_path / "large"):
        for kind in (SigningKey, VerifyingKey):
            with pytest.raises(InputError, match="expected an Ed25519 key in PEM"):
                kind.read(path, "--key")

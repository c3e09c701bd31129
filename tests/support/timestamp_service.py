"""A small timestamp service (RFC 3161) on this computer: `openssl ts` makes its answers."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_CONFIG = """
[tsa]
default_tsa = service
[service]
serial = {folder}/serial
signer_cert = {folder}/service.pem
signer_key = {folder}/service.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
"""


@dataclass
class Service:
    """A service that is up."""

    url: str
    root: Path
    """Its root certificate."""
    answer: bytes | None = None
    """What it answers instead of a timestamp, if that is set."""


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    """Yield a service with a root certificate of its own; its files are in `folder`."""
    _write_certificates(folder)
    (folder / "serial").write_text("01\n")
    (folder / "openssl.cnf").write_text(_CONFIG.format(folder=folder))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = service.answer if service.answer is not None else _answered(folder, asked)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    service = Service(f"http://127.0.0.1:{server.server_port}/tsr", folder / "root.pem")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answered(folder: Path, asked: bytes) -> bytes:
    (folder / "query").write_bytes(asked)
    line = ["openssl", "ts", "-reply", "-config", "openssl.cnf", "-section", "service", "-queryfile", "query"]
    subprocess.run([*line, "-out", "answer"], cwd=folder, check=True, capture_output=True, timeout=30)
    return (folder / "answer").read_bytes()


def _write_certificates(folder: Path) -> None:
    """Write a root certificate, and one of the service with its key."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Root", root_key, "Root", root_key).add_extension(x509.BasicConstraints(True, None), True)
    stamping = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
    leaf = _certificate("Service", key, "Root", root_key).add_extension(stamping, critical=True)
    leaf = leaf.add_extension(x509.BasicConstraints(False, None), True)
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(root.sign(root_key, hashes.SHA256()).public_bytes(pem))
    (folder / "service.pem").write_bytes(leaf.sign(root_key, hashes.SHA256()).public_bytes(pem))
    (folder / "service.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def _certificate(name: str, key, issuer: str, issuer_key) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    signs = key is issuer_key
    usage = x509.KeyUsage(
        **{"digital_signature": True, "content_commitment": False, "key_encipherment": False},
        **{"data_encipherment": False, "key_agreement": False, "key_cert_sign": signs, "crl_sign": signs},
        **{"encipher_only": False, "decipher_only": False},
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )

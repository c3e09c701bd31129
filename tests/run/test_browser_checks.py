"""`doctor` judges the clock, the certificate and the fonts that the browser reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from troubleshooter.browser.certificate import is_public, issuer_of
from troubleshooter.browser.launch import Options
from troubleshooter.browser.proxy import proxy_of
from troubleshooter.browser.reach import Reached
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.run.browser_checks import Way, _fonts, _way
from troubleshooter.run.checkup import Row, State
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import host_policy

HOME = "https://www.office.com"
HOSTS = host_policy("worldwide", (HOME,))
LAB = Network(resolve="127.0.0.1:8443", spki="A" * 43 + "=")
ONE_PROOF = bytes.fromhex("04790077" + "0075" + "00" + "ab" * 32 + "00" * 8 + "0000" + "0403" + "0046") + bytes(70)
"""The content of the extension with which a public authority proves that it published a certificate."""


def certificate(*, logged: bool) -> bytes:
    """Return a certificate in DER as a public authority issues it, or as a proxy does."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Contoso"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Contoso Web"),
        ]
    )
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    if logged:
        oid = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, ONE_PROOF), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def rows(found: Reached | Stopped, network: Network | None = None, proxy: str | None = None) -> dict[str, Row]:
    """Return the rows about the way to the home page, by what they checked."""
    options = Options(proxy=proxy_of(proxy, {}))
    return {row.what: row for row in _way(Way(HOME, HOSTS, network), options, found)}


def reached(seconds: float | None = 0, *, logged: bool = True) -> Reached:
    ahead = None if seconds is None else timedelta(seconds=seconds)
    return Reached(ahead, "login.microsoftonline.com", certificate(logged=logged))


def test_a_healthy_way():
    """A page that answers at the right time with a public certificate is fine."""
    found = rows(reached(2))
    assert {State.OK} == {row.state for row in found.values()}
    assert ["home page", "clock", "TLS"] == list(found)
    assert "2 s behind" in found["clock"].says


@pytest.mark.parametrize(
    ("seconds", "state"), [(30, State.OK), (-30, State.OK), (31, State.FAIL), (-31, State.FAIL), (None, State.NOTE)]
)
def test_a_wrong_clock_fails(seconds: float | None, state: State):
    """A clock that is off by more than the stated limit fails, in either direction, and the row says what to do."""
    row = rows(reached(seconds))["clock"]
    assert state is row.state
    if state is State.FAIL:
        assert "more than 30 s" in row.says
        assert "NTP" in row.says


def test_the_clock_of_a_lab_may_be_moved():
    """In the sandbox, whose clock can be moved, a difference is a note."""
    assert State.NOTE is rows(reached(90_000), LAB)["clock"].state


def test_a_proxy_that_inspects_tls_is_named():
    """A certificate that no public authority published is a note that names who issued it; a lab's own is fine."""
    row = rows(reached(logged=False))["TLS"]
    assert State.NOTE is row.state
    assert "inspects TLS: the certificate of login.microsoftonline.com is from Contoso Web, Contoso" in row.says
    assert State.OK is rows(reached(logged=False), LAB)["TLS"].state


def test_the_proof_of_publication_decides():
    """What tells the two apart is the proof of publication alone."""
    assert is_public(certificate(logged=True))
    assert not is_public(certificate(logged=False))
    assert not is_public(_of_a_private_authority())
    assert "Contoso Web, Contoso" == issuer_of(certificate(logged=True))


def _of_a_private_authority() -> bytes:
    pem = trustme.CA().issue_cert("www.office.com").cert_chain_pems[0].bytes()
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def test_a_home_page_that_does_not_open_fails():
    """A home page or proxy that does not answer fails in its own words, and nothing is said about time or TLS."""
    stop = Stopped(Reason.HOST_UNREACHABLE, message("It did not answer."), message("Check the network."))
    assert {"home page": "FAIL home page: It did not answer. Check the network."} == {
        what: row.line for what, row in rows(stop).items()
    }
    (row,) = rows(stop, proxy="http://proxy.contoso.com:8080").values()
    assert "FAIL proxy: http://proxy.contoso.com:8080: It did not answer." in row.line


@pytest.mark.parametrize(
    ("missing", "state", "says"),
    [
        ([], State.OK, "Latin, Romanian, Japanese, Arabic and emoji"),
        (["Japanese", "emoji"], State.NOTE, "no glyphs for Japanese and emoji"),
        (["Latin"], State.FAIL, "no glyphs for Latin"),
        (None, State.NOTE, "can't be measured"),
    ],
)
def test_missing_fonts_are_named(missing: list[str] | None, state: State, says: str):
    """Scripts without a font are a note with what to install; without Latin letters no picture is readable."""
    row = _fonts(missing)
    assert state is row.state
    assert says in row.says

"""Tells a certificate that anybody would get from one that a proxy, or a security program, made on the way."""

from __future__ import annotations

from cryptography import x509
from cryptography.x509.oid import NameOID

_LOGGED = "1.3.6.1.4.1.11129.2.4.2"
"""The extension with which a public authority proves that it published the certificate (RFC 6962, 3.3).

Browsers have required it of public authorities since 2018. Proxies that inspect TLS don't publish what they issue.
"""


def issuer_of(certificate: bytes) -> str:
    """Return who issued a certificate in DER: the name, and the organization if that differs."""
    issuer = x509.load_der_x509_certificate(certificate).issuer
    found = (issuer.get_attributes_for_oid(oid) for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME))
    names = dict.fromkeys(str(attributes[0].value) for attributes in found if attributes)
    return ", ".join(names) or "an authority without a name"


def is_public(certificate: bytes) -> bool:
    """Return whether a public authority issued a certificate in DER."""
    extensions = x509.load_der_x509_certificate(certificate).extensions
    return any(extension.oid.dotted_string == _LOGGED for extension in extensions)

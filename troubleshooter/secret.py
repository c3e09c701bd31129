"""A secret value, and the cleaning of every text that leaves the product."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus, urlsplit, urlunsplit

MASK = "•••"

_TOKENS = re.compile(
    r"(?P<name>(?<![A-Za-z0-9_])(?:_oat_|_eat_|P[1-4]|tempauth|access_token|id_token|refresh_token|code|"
    r"login_hint|username|sso_nonce|nonce|state|session_state|client_info|SAMLResponse|SAMLRequest|RelayState|sFT|"
    r"flowToken|canary|ctx))=(?P<value>[^&\s\"'<>#]+)"
)
"""Query parameters that open something for a while, or name the person: facts on the photo endpoints and sign-in."""

_BEARER = re.compile(r"(?i)\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9._-]+")


class Secret:
    """A value that prints as `•••`. `reveal` is for the one place that types it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


def spellings(value: str) -> Iterator[str]:
    """Yield the forms in which `value` may stand in a text: plain, in an address, in HTML, in JSON, in base64."""
    yield value
    yield quote(value, safe="")
    yield quote_plus(value, safe="")
    yield html.escape(value)
    yield json.dumps(value)[1:-1]
    yield base64.b64encode(value.encode()).decode().rstrip("=")
    yield base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def clean_address(text: str) -> str:
    """Return `text` with tokens, session parameters and bearer values replaced. Names of photo owners stay."""
    return _BEARER.sub(MASK, _TOKENS.sub(lambda m: f"{m['name']}={MASK}", text))


_PICTURE_PARAMETERS = frozenset(
    {
        *("accountname", "username", "email", "upn", "userid", "aadobjectid", "displayname", "personatype"),
        *("size", "ua", "sc", "t", "cache", "default", "clienttype", "clientfeature", "url"),
    }
)
"""Query parameters of photo addresses that say which photo, and open nothing."""


def clean_picture_address(url: str) -> str:
    """Return the address of a picture with the value of every parameter hidden that is not known to be harmless."""
    parts = urlsplit(url)
    shown = [
        pair if pair.partition("=")[0].lower() in _PICTURE_PARAMETERS else f"{pair.partition('=')[0]}={MASK}"
        for pair in parts.query.split("&")
        if pair
    ]
    return urlunsplit((parts.scheme, parts.netloc.rsplit("@", 1)[-1], parts.path, "&".join(shown), ""))


class Cleaner:
    """Replaces known secrets, and anything that looks like a token, in every text that is written or printed."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def learn(self, secret: Secret) -> None:
        """From now on `secret` appears nowhere."""
        if secret.reveal():
            self._secrets.update(form for form in spellings(secret.reveal()) if len(form) >= 4)

    def clean(self, text: str) -> str:
        """Return `text` without any secret that was learned and without tokens."""
        for form in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(form, MASK)
        return clean_address(text)

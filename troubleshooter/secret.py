"""A secret value, and the cleaning of every text that leaves the product."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

MASK = "•••"
_SHORTEST = 4
"""Signs below which a value is no secret that could be told from any other text."""

_TOKENS = re.compile(
    # In a page's JSON, or in an address within an address, what stands before a parameter ends in a letter or a digit.
    r"(?:(?<![A-Za-z0-9_])|(?<=\\u0026)|(?<=%26)|(?<=%3F))(?P<name>_oat_|_eat_|P[1-4]|at|tempauth|access_token|"
    r"id_token|refresh_token|code|login_hint|username|sso_nonce|nonce|state|session_state|client_info|SAMLResponse|"
    r"SAMLRequest|RelayState|sFT|flowToken|canary|ctx)=(?P<value>[^&\s\"'<>#]+)"
)
"""Query parameters that open something for a while, or name the person: facts on the photo endpoints and sign-in."""

_IN_PAGE = re.compile(
    r"""(?P<name>["'](?:sFT|sCtx|canary|apiCanary|sessionId|correlationId|flowToken|urlPost)["']\s*:\s*["'])[^"']+"""
    r"""|(?P<field><input[^>]*\btype=["']hidden["'][^>]*\bvalue=["'])[^"']+"""
)
"""What a sign-in page holds of its session: values of its configuration, and hidden fields."""

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
    """Yield patterns of the forms in which `value` may stand in a text.

    Each sign may be plain, or written as an address, HTML or JSON writes it; base64 may start within other bytes.
    """
    yield "".join(map(_spelled, value))
    raw = value.encode()
    for before in range(3):
        # Base64 takes three bytes at once: the signs that also depend on a neighbour are left out at both ends.
        start, end = -(-before * 4 // 3), (before + len(raw)) * 4 // 3
        inner = base64.b64encode(bytes(before) + raw).decode()[start:end]
        if len(inner) >= _SHORTEST:
            neighbour = "[A-Za-z0-9+/_-]?"
            yield neighbour + re.escape(inner).replace("\\+", "[+-]").replace("/", "[/_]") + neighbour


def _spelled(sign: str) -> str:
    percent = "".join(f"%{byte:02X}" for byte in sign.encode())
    number = f"&#(?:{ord(sign)}|x0*{ord(sign):x});"
    forms = {
        re.escape(form)
        for form in (sign, html.escape(sign), json.dumps(sign)[1:-1], json.dumps(sign, ensure_ascii=False)[1:-1])
    }
    forms |= {f"(?i:{percent})", f"(?i:{number})"}
    forms |= {r"\+"} if sign == " " else set()
    forms |= {r"\\/"} if sign == "/" else set()
    forms |= (
        {f"(?i:{re.escape(json.dumps(sign)[1:-1])})", f"(?i:\\\\u{ord(sign):04x})"} if ord(sign) < 0x10000 else set()
    )
    return f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


def clean_address(text: str) -> str:
    """Return `text` with tokens, session parameters and bearer values replaced. Names of photo owners stay."""
    text = _IN_PAGE.sub(lambda m: f"{m['name'] or m['field']}{MASK}", text)
    return _BEARER.sub(MASK, _TOKENS.sub(lambda m: f"{m['name']}={MASK}", text))


_PICTURE_PARAMETERS = frozenset(
    {
        *("accountname", "username", "email", "upn", "userid", "aadobjectid", "displayname", "personatype"),
        *("size", "ua", "sc", "t", "cache", "default", "clienttype", "clientfeature"),
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
        self._secrets: dict[str, re.Pattern[str]] = {}

    def learn(self, secret: Secret) -> None:
        """From now on `secret` appears nowhere."""
        if len(secret.reveal()) >= _SHORTEST and secret.reveal() not in self._secrets:
            self._secrets[secret.reveal()] = re.compile("|".join(spellings(secret.reveal())))

    def clean(self, text: str) -> str:
        """Return `text` without any secret that was learned and without tokens."""
        for value in sorted(self._secrets, key=len, reverse=True):
            text = self._secrets[value].sub(MASK, text)
        return clean_address(text)

"""Redacts whatever grants access or names who signs in, recognized by its kind, in URLs, headers and JSON.

Pure: text in, text out.

The names are those in the photo endpoints' time-limited URLs, in OAuth, SAML and WS-Federation, and in the sign-in
pages' own configuration.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from troubleshooter.redaction.sinks import SINKS

MASK = "•••"
BACKSLASHES = r"\\{1,64}"
"""How often a quote or an escape may be escaped: each text within a text doubles it. Without a limit, a page of nothing
but backslashes would take hours."""

_PARAMETERS = (
    *("_oat_", "_eat_", "P[1-4]", "at", "tempauth", "access_?token", "id_token", "refresh_token", "code"),
    *("login_hint", "username", "loginfmt", "sso_nonce", "nonce", "state", "session_state", "client_info", "assertion"),
    *("SAMLResponse", "SAMLRequest", "RelayState", "wresult", "wctx", "sFT", "sCtx", "flowToken", "canary", "ctx"),
    *("id_token_hint", "apiCanary", "client_secret", "passwd", "password", "pwd", "pf\\.pass", "otc", "accesspass"),
    *("csrf_token", "stateToken", "sessionToken", "authtoken"),
)
_EQUALS = r"(?:=|%(?:25)*3D|\\u003[dD]|\\x3[dD]|&#61;|&#x3[dD];)"
_TOKENS = re.compile(
    # In the JSON of a page, or in a URL within a URL, a parameter may follow a letter or a digit.
    r"(?:(?<![A-Za-z0-9_])|(?<=\\u0026)|(?<=\\x26)|(?<=\\x3[fF])|(?<=%26)|(?<=%3F)|(?<=%2526)|(?<=%253F))"
    rf"(?P<name>(?i:{'|'.join(_PARAMETERS)}))(?P<equals>{_EQUALS})"
    r"(?P<value>(?:(?!\\u00(?:26|22|27|3c|3C)|\\x(?:26|22|27|3c|3C)|%(?:25)*26)"
    r"(?:\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\/|[^&\s\"'<>#\\]))+)"
)
"""Parameters of URLs and of posted forms."""

_QUOTE = rf"""(?:{BACKSLASHES})?(?:["']|&quot;|&\#34;|&\#39;|&\#x2[27];)"""
_KEYS = (
    *("sFT", "sCtx", "canary", "apiCanary", "flowToken", "sessionId", "correlationId", "stateToken", "sessionToken"),
    *("access_?token", "id_?token", "refresh_?token", "client_info", "authtoken", "skypetoken(?:_asm)?"),
    *("session_state", "login_?hint", "SAMLRequest", "SAMLResponse", "RelayState", "wresult", "assertion"),
    *("formDigestValue", "passwd", "password", "otc", "accesspass", "encryptedData"),
)
_HEADER_NAMES = r"(?:set-)?cookie|x-requestdigest"
_IN_JSON = re.compile(
    rf"(?P<name>(?:(?:{_QUOTE}|(?<![\w$.-]))(?i:{'|'.join(_KEYS)})(?:{_QUOTE})?"
    # A header as an entry of a list of headers.
    rf"|{_QUOTE}name{_QUOTE}\s*:\s*{_QUOTE}(?i:{_HEADER_NAMES}|authorization){_QUOTE}\s*,\s*{_QUOTE}value{_QUOTE})\s*:\s*)"
    rf"(?P<open>{_QUOTE})"
    r"(?P<value>(?:(?!(?P=open))(?:\\.|[^\\]))+)(?P=open)",
    re.VERBOSE | re.DOTALL,
)
"""Values in the configuration of a page and in responses, however deeply their quotes are escaped."""

_HEADERS = re.compile(
    rf"(?im)\b(?P<name>(?:{_HEADER_NAMES})[\"']?\s*:\s*[\"']?)[^\"'\r\n<]+"
    r"|\b(?P<scheme>authorization[\"']?\s*:\s*[\"']?(?:(?:basic|negotiate|pop)\s+|(?=[A-Za-z0-9+/=_.~-]{16})))[^\"'\r\n<]+"
)
_COOKIES = re.compile(
    r"(?<![\w.-])(?P<name>(?i:ESTSAUTH\w*|ESTSSSO\w*|ESTSWCTXFLOWTOKEN|esctx[\w-]*|buid|fpc|FedAuth|rtFa|MSISAuth\w*"
    r"|SPWorkLoadAttribution|SignInStateCookie|skypetoken_asm|OH\.\w+))=[^;\s\"'<>]+"
)
"""Names of the session cookies of sign-in, home, SharePoint and Teams."""

_CHARACTER = rf"(?:[A-Za-z0-9_-]|{BACKSLASHES}x(?:2[dD]|5[fF])|{BACKSLASHES}u00(?:2[dD]|5[fF]))"
_DOT = rf"(?:\.|(?i:%(?:25)*2E|{BACKSLASHES}x2E|{BACKSLASHES}u002E))"
_BEARER = re.compile(
    r"(?i:\b(?:bearer)(?:\s+|%20|\+)(?!realm\b)[A-Za-z0-9._~+/=-]{8,})"
    # An escape sequence may precede it.
    r"|(?:\b|(?<=\\x[0-9A-Fa-f]{2})|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4}))"
    rf"eyJ{_CHARACTER}{{10,}}{_DOT}(?:{_CHARACTER}|{_DOT})+"
)
_USER_INFO = re.compile(r"(?<=://)[^/\s@\"'<>?#]+@")
_LONGEST_URL = 2048
"""Characters after which a URL is too long for many servers; a photo's has a tenth of that."""


@SINKS.at("addresses")
def redact_address(text: str) -> str:
    """Return `text` with tokens, session parameters and bearer values masked; names of photo owners are kept."""
    text = _IN_JSON.sub(lambda m: f"{m['name']}{m['open']}{MASK}{m['open']}", text)
    text = _HEADERS.sub(lambda m: f"{m['name'] or m['scheme']}{MASK}", text)
    text = _COOKIES.sub(lambda m: f"{m['name']}={MASK}", text)
    text = _USER_INFO.sub(f"{MASK}@", text)
    return _BEARER.sub(MASK, _TOKENS.sub(_parameter, text))


def _parameter(found: re.Match[str]) -> str:
    if found["name"].lower() == "username":
        # Only as far back as a URL reaches: on a page of a million characters, all of it would take hours.
        before = found.string[max(0, found.start() - _LONGEST_URL) : found.start()]
        if "userphoto" in re.split(r"[\s\"'<>]", before)[-1].lower():
            return found[0]  # a report has to say whose photo a URL shows
    return f"{found['name']}{found['equals']}{MASK}"


_PICTURE_PARAMETERS = frozenset(
    {
        *("accountname", "username", "email", "upn", "userid", "aadobjectid", "displayname", "personatype"),
        *("size", "ua", "sc", "t", "cache", "default", "clienttype", "clientfeature"),
    }
)
"""Query parameters of photo URLs that say which photo it is, and grant no access."""


@SINKS.at("addresses")
def redact_picture_address(url: str) -> str:
    """Return the URL of a picture with the value of every parameter masked that is not known to be harmless.

    Nothing is kept of a text that is not a URL.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return MASK
    shown = [
        pair if pair.partition("=")[0].lower() in _PICTURE_PARAMETERS else f"{pair.partition('=')[0]}={MASK}"
        for pair in parts.query.split("&")
        if pair
    ]
    return urlunsplit((parts.scheme, parts.netloc.rsplit("@", 1)[-1], parts.path, "&".join(shown), ""))

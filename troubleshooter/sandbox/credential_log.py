"""Records every user name and every secret that arrives, on any host and in any form."""

import json
from urllib.parse import parse_qs, quote, quote_plus

from starlette.requests import Request

from troubleshooter.sandbox.journal import Credential, UserName
from troubleshooter.sandbox.sessions import LOGIN
from troubleshooter.sandbox.sign_in_plan import FEDERATION_HOSTS
from troubleshooter.sandbox.state import State

_PASSWORDS = ("passwd", "Password", "pf.pass", "password", "currentpasswd", "newpasswd")
_CODES = ("otc", "AdditionalAuthData")
_PASSES = ("accesspass",)
_NAMES = ("login", "loginfmt", "UserName", "pf.username", "username")


def record_secrets(state: State, request: Request, host: str, body: bytes, *, expected: bool) -> None:
    """Record the user names and secrets that this request contains, but never a secret itself."""
    text = body.decode("utf-8", "replace")
    fields = _fields(text)
    everything = f"{request.url.query} {request.url.path} {request.headers.get('authorization', '')} {text}"
    signs_in = host == LOGIN or host in FEDERATION_HOSTS
    user = _first(fields, _NAMES)
    if user and (signs_in or not expected):
        state.journal.names.append(UserName(state.clock.now(), host, request.url.path, user))

    def write(kind: str, right: bool) -> None:
        state.journal.credentials.append(
            Credential(at=state.clock.now(), host=host, path=request.url.path, user=user, right=right, kind=kind)
        )

    typed = _first(fields, _PASSWORDS)
    if typed or _has(everything, state.password):
        write("password", bool(typed) and state.accepts(typed))
    code = _first(fields, _CODES)
    if code:
        good = state.authenticator.judge(code, take=False) == "right" or code == state.text_code
        write("code", signs_in and good)
    access_pass = _first(fields, _PASSES)
    if access_pass or _has(everything, state.access_pass):
        write("access-pass", signs_in and access_pass == state.access_pass)
    if _has(everything, state.authenticator.seed):
        write("seed", False)


def redacted(state: State, text: str) -> str:
    """Return the text without the secrets that this tenant knows."""
    for secret in (state.password, state.access_pass, state.authenticator.seed):
        for form in _forms(secret):
            text = text.replace(form, "•••")
    return text


def _fields(text: str) -> dict[str, list[str]]:
    if text.startswith("{"):
        try:
            return {name: [value] for name, value in json.loads(text).items() if isinstance(value, str)}
        except ValueError:
            return {}
    return parse_qs(text, keep_blank_values=True)


def _first(fields: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((value for name in names for value in fields.get(name, []) if value), "")


def _forms(secret: str) -> set[str]:
    return {secret, quote(secret, safe=""), quote_plus(secret)}


def _has(text: str, secret: str) -> bool:
    return any(form in text for form in _forms(secret))

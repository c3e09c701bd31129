"""The service's own codes (AADSTSnnnnn): where a page shows one, and what it means for a sign-in. Pure.

Meanings: facts/signin-and-home.md 1.4, and learn.microsoft.com/entra/identity-platform/reference-error-codes; each is
explained at login.microsoftonline.com/error?code=N. Microsoft warns that codes change, so they never decide alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote_plus

from troubleshooter.model.enums import Reason
from troubleshooter.signin.probe import Probe
from troubleshooter.urls import split

DEVICE_CODES = frozenset({"50097", "50129", "50155", "50187", "53000", "53001", "530001", "530002", "530003"})
"""The policy asks for a device that the company manages, or the device did not identify itself."""

_BY_REASON: Mapping[Reason, tuple[str, ...]] = {
    Reason.WRONG_PASSWORD: ("50126", "50064"),
    Reason.UNKNOWN_USER: ("50034", "51004", "50020", "90072"),
    Reason.ACCOUNT_LOCKED: ("50053", "500532"),
    Reason.ACCOUNT_DISABLED: ("50057",),
    Reason.NOT_ASSIGNED: ("50105",),
    Reason.PASSWORD_EXPIRED: ("50055", "50144", "50135"),
    Reason.REGISTRATION_NEEDED: ("50125", "50079", "50072"),
    Reason.BLOCKED_BY_POLICY: (*sorted(DEVICE_CODES), "50005", "50131", "53002", "53003", "53004", "53009", "53011"),
    Reason.CONSENT_NEEDED: ("65001", "65004", "90094", "90095"),
    Reason.MFA_DENIED: ("500121",),
    Reason.WRONG_ACCOUNT: ("16000", "16001", "16002", "16003", "160021"),
    Reason.SIGN_IN_ERROR: ("50056", "50089", "50196", "90100", "500011", "700016"),
}
CODES: Mapping[str, Reason] = {code: reason for reason, codes in _BY_REASON.items() for code in codes}
"""AADSTS codes that end a sign-in. 50058 (no session yet), 50140 (KMSI), 50074/50076 (MFA) do not."""

_POLICY = re.compile(r"530\d{2,3}")
"""Conditional Access and security defaults have this range to themselves; it grows."""

HARMLESS = frozenset(
    {"", "0", "50058", "50140", "50074", "50076", "50158", "50199", "50125", "50079", "50072"}
    | {code for code, reason in CODES.items() if reason is Reason.WRONG_ACCOUNT}
)
"""Codes after which sign-in continues: registration and account choice end it only if the page offers no way past."""
_SECOND_FACTOR = frozenset({"50074", "50076", "50158"})
"""Codes that ask for a second factor: as the response to a password, beside its field, they end the sign-in."""
_ADDRESS = ("error_description", "error_codes", "error_code", "errorcode", "error", "serrorcode")
"""Parts of an address that may contain a code, besides `code` on the service's error page."""


def reason_of(code: str) -> Reason | None:
    """Return why the digits of a code end a sign-in; None for a code that is not known, or doesn't end it."""
    return CODES.get(code) or (Reason.BLOCKED_BY_POLICY if _POLICY.fullmatch(code) else None)


def ending_code(probe: Probe) -> str:
    """Return the digits of the code with which the page ends the sign-in; "" if it shows none."""
    marked = probe.exception.removeprefix("AADSTS")
    named = [number for number in probe.numbers if reason_of(number)]
    for code in (marked, probe.error, *named, *_on_its_own_page(probe)):
        if code not in HARMLESS:
            return code
    return ""


def _on_its_own_page(probe: Probe) -> Iterator[str]:
    """Yield the codes of a page whose purpose is to show one, perhaps only in its visible text or its URL."""
    if probe.fields or probe.page_id == "ConvergedSignIn":
        return
    if probe.status < HTTPStatus.INTERNAL_SERVER_ERROR:  # numbers on a gateway's page are its own
        yield from (number for number in probe.page_numbers if reason_of(number))
    if probe.page_id in ("ConvergedError", "ConvergedConditionalAccess"):
        yield from probe.page_numbers
    yield from code_in_address(probe.url)


def code_in_address(url: str) -> tuple[str, ...]:
    """Return the digits of the code in a URL, if there is one: of an error page, or of a response to an app."""
    parts = split(url)
    for name, value in parse_qsl(f"{parts.query}&{parts.fragment}"):
        if found := re.search(r"AADSTS(\d{4,7})", unquote_plus(value)):
            return (found[1],)
        known = name.lower() in _ADDRESS or (name.lower() == "code" and "/error" in parts.path.lower())
        if known and (number := re.fullmatch(r"\[?(\d{5,7})\]?", value)):
            return (number[1],)
    return ()


def refusing_code(probe: Probe, *, new_document: bool, before: str) -> str:
    """Return the digits of the code with which a page refuses the password that was sent; "" if it shows none.

    Args:
        new_document: whether the page is the response, and not the one in which the password was typed.
        before: the code in `$Config` when it was typed, which says nothing about the response.
    """
    of_answer = new_document or (probe.error != before and probe.error not in HARMLESS)
    known = [number for number in probe.numbers if reason_of(number) or number in HARMLESS]
    given = (probe.exception.removeprefix("AADSTS"), *known, *probe.labelled, probe.error if of_answer else "")
    return next((code for code in (*given, *code_in_address(probe.url)) if code not in ("", "0")), "")


def refusal_reason(code: str) -> Reason:
    """Return why `code`, as the response to a password, ends the sign-in."""
    if code in _SECOND_FACTOR:
        return Reason.MFA_NEEDED
    return reason_of(code) or Reason.SIGN_IN_ERROR


def aadsts(probe: Probe) -> str | None:
    """Return the service's own code for what went wrong; None if sign-in continues."""
    code = ending_code(probe)
    # An exception page that shows no more than a harmless code was shown because of it.
    return f"AADSTS{code}" if code else probe.exception or None


def final_reason(probe: Probe) -> tuple[Reason, str | None]:
    """Return why a page that showed nothing to act on until the time limit ends the sign-in: by its code, if any.

    A page with an error status is no unknown screen: the service, or a proxy, did not answer with one.
    """
    code = ending_code(probe) or (probe.error if probe.error in CODES else "")
    if not code and not aadsts(probe) and probe.status >= HTTPStatus.BAD_REQUEST:
        return Reason.SIGN_IN_ERROR, None
    return reason_of(code) or Reason.UNKNOWN_SIGN_IN_SCREEN, f"AADSTS{code}" if code else aadsts(probe)

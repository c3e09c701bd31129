"""Checks whether a text is the name of a user: a UPN such as `ana@contoso.com`."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"[a-z0-9]+([ .-][a-z0-9]+)*", re.IGNORECASE | re.ASCII)
"""A name without its domain, as people say it."""
_NEVER = frozenset(',;:<>()[]"\\/|')
"""Characters that no UPN contains: separators of lists, and what surrounds an address in a text."""


def user_name(text: str) -> str:
    """Return the user name `text` in lower case.

    Raises:
        ValueError: it is not one; the error says what is expected.
    """
    name, at, domain = text.partition("@")
    invisible = [character for character in text if not character.isprintable() or character.isspace()]
    if not (name and at and domain) or "@" in domain or _NEVER.intersection(text) or invisible:
        seen = [f"U+{ord(character):04X}" for character in invisible if not character.isascii()]
        hidden = f", and contains an invisible character ({seen[0]})" if seen else ""
        raise ValueError(f"{text!r} is not a valid user name{hidden}; expected a UPN such as ana.popescu@contoso.com")
    return text.lower()


def meant(text: str, accounts: Mapping[str, str], domain: str) -> str:
    """Return the question whether a certain UPN was meant by `text`, which is not one; empty if there is none to name.

    Args:
        accounts: the UPNs of the tenant file's accounts, by name.
        domain: the domain of the account that signs in.
    """
    upn = accounts.get(text)
    if upn is None and _NAME.fullmatch(text):
        upn = f"{text.replace(' ', '.')}@{domain}"
    return f"; did you mean {upn.lower()}?" if upn else ""

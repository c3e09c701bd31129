"""Generates one-time codes (RFC 6238, SHA-1, six digits). Seeds of 80 bits are common, and pyotp refuses them."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass

from troubleshooter.redaction.secret import Secret

STEP = 30
"""Seconds for which a code is valid."""


@dataclass
class UsedCodes:
    """The one-time codes that were sent for an account; one object per run, however often the account signs in."""

    step: int = 0
    """The time step of the last code."""

    def use(self, step: int) -> None:
        """Record that the code of a time step is being sent."""
        self.step = step


def code_at(seed: Secret, moment: float) -> Secret:
    """Return the code of the base32 `seed` at `moment`, seconds since 1970."""
    text = seed.reveal()
    key = base64.b32decode(text + "=" * (-len(text) % 8))
    digest = hmac.digest(key, int(moment // STEP).to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return Secret(f"{number % 10**6:06}")

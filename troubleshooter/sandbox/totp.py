"""The sandbox's own authenticator: one seed per run, and each code at most once."""

import time

import pyotp

_WINDOW = 1  # clocks differ: the code of the step before or after is valid too


class Authenticator:
    """Checks six-digit codes in real time, not the tenant's, because a person with a phone has only that."""

    def __init__(self) -> None:
        self.seed = pyotp.random_base32()
        """Base32; new in every run."""
        self._totp = pyotp.TOTP(self.seed)
        self._used: set[int] = set()

    def code(self) -> str:
        """Return the current code."""
        return self._totp.now()

    def judge(self, code: str, *, take: bool) -> str:
        """Return `right`, `wrong` or `duplicate`; `take` marks the code as used."""
        now = int(time.time()) // self._totp.interval
        steps = [step for step in range(now - _WINDOW, now + _WINDOW + 1) if self._totp.generate_otp(step) == code]
        if not steps:
            return "wrong"
        fresh = [step for step in steps if step not in self._used]
        if not fresh:
            return "duplicate"
        if take:
            self._used.add(fresh[0])
        return "right"

    def forget(self) -> None:
        """Allow every code again."""
        self._used.clear()

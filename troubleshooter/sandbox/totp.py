"""The sandbox's own authenticator: a seed for the run, and each code at most once."""

import time

import pyotp

_WINDOW = 1  # a code of the step before or after is still good: clocks differ


class Authenticator:
    """Judges six-digit codes. Real time, not the tenant's: whoever reads a code off a phone has only that."""

    def __init__(self) -> None:
        self.seed = pyotp.random_base32()
        """Base32; new in every run."""
        self._totp = pyotp.TOTP(self.seed)
        self._used: set[int] = set()

    def code(self) -> str:
        """The code of now."""
        return self._totp.now()

    def judge(self, code: str, *, take: bool) -> str:
        """right, wrong or duplicate; `take` uses the code's time step up."""
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
        """Lets every code be used again."""
        self._used.clear()

"""Keeps runs of this computer from sending the same one-time code: the service accepts each code once.

A claim is an empty file in the folder for temporary files. Its name has the time step and a hash from which neither the
seed nor a code can be computed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from troubleshooter.redaction.secret import Secret

_LABEL = b"troubleshooter: one-time codes that were sent"
_KEPT = 2
"""Time steps for which a claim is kept: the service refuses older codes anyway."""


def claim(seed: Secret, step: int) -> bool:
    """Claim the code of a time step; return False if another run of this computer has it already.

    Where no file can be made, every claim succeeds: then the service decides.
    """
    folder = Path(tempfile.gettempdir())
    key = hashlib.sha256(hmac.digest(seed.reveal().encode(), _LABEL, "sha256")).hexdigest()[:32]
    name = f"troubleshooter-code-{key}"
    try:
        # Made in one go: of two runs that try, one fails.
        os.close(os.open(folder / f"{name}-{step}", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    except OSError:
        return True
    for other in folder.glob(f"{name}-*"):
        if other.name.rpartition("-")[2].isdecimal() and int(other.name.rpartition("-")[2]) < step - _KEPT:
            with suppress(OSError):
                other.unlink()
    return True

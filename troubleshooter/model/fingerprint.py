"""One number for everything that a run saw: it is on the report, and anybody can compute it again. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def fingerprint(digests: Mapping[str, str]) -> str:
    """Return the SHA-256 of what `sha256sum record.json evidence/* | LC_ALL=C sort -k 2` prints in a run's folder.

    Args:
        digests: the SHA-256 of the run's files, by path; others than the record and its evidence do not count.

    Returns:
        Empty if there is no record.
    """
    names = sorted(name for name in digests if name == "record.json" or name.startswith("evidence/"))
    if "record.json" not in names:
        return ""
    return hashlib.sha256("".join(f"{digests[name]}  {name}\n" for name in names).encode()).hexdigest()

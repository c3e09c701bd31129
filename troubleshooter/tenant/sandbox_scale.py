"""How large a sandbox is: people who are generated for it, what is true of them, and limits."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from types import MappingProxyType
from typing import TYPE_CHECKING

from troubleshooter.errors import InputError
from troubleshooter.model.enums import Verdict

if TYPE_CHECKING:
    from troubleshooter.sandbox import Scale
    from troubleshooter.sandbox.server import Running

TRUTH: Mapping[str, tuple[Verdict, str]] = MappingProxyType(
    {
        "healthy": (Verdict.IN_SYNC, ""),
        "stale-copy": (Verdict.OUT_OF_SYNC, "C1"),
        "never-visited": (Verdict.OUT_OF_SYNC, "C2"),
        "no-photo": (Verdict.NO_PHOTO, "C7"),
        "deleted-at-source": (Verdict.OUT_OF_SYNC, "C27"),
        "stub-profile": (Verdict.OUT_OF_SYNC, "C25"),
        "no-mailbox": (Verdict.OUT_OF_SYNC, "C11"),
        "stale-delivery": (Verdict.OUT_OF_SYNC, "C13"),
        "stale-site-copy": (Verdict.OUT_OF_SYNC, "C15"),
        "guest-subject": (Verdict.NO_PHOTO, "C21"),
    }
)
"""What is true of a user whom a fault of the sandbox concerns alone: the verdict, and the cause's id; by fault."""


def scale_of(people: int = 0, *, seed: int = 0, fault_share: float = 0.1, limits: str | None = None) -> Scale:
    """Return how large a sandbox is to be.

    Args:
        people: number of people who are generated beside the cast.
        seed: determines who they are and which faults they have.
        fault_share: share of them who have a fault of their own.
        limits: what SharePoint answers for one user, such as `3000/300s`; empty for the real service's limits, None for
            everything.

    Raises:
        InputError: one of them is out of its range.
    """
    from troubleshooter.sandbox import Limits, Scale, limits_from  # noqa: PLC0415

    try:
        enforced = limits_from(limits) if limits else None if limits is None else Limits()
    except ValueError as error:
        raise InputError("--limits-size", str(error)) from error
    try:
        return Scale(people, seed, fault_share, enforced)
    except ValueError as error:
        raise InputError("sandbox", str(error)) from error


def size_of(box: Running) -> list[str]:
    """Return what is special about the size of `box`, in words."""
    people, limits = len(box.crowd.people), box.traffic.limits
    words = [f"{people:,} generated {'person' if people == 1 else 'people'}"] if people else []
    return words + ([f"at most {limits.requests:,} requests of a user in {limits.seconds:g} s"] if limits else [])


def users_of(box: Running) -> str:
    """Return the generated people of `box` as the text of a CSV file: `upn,page`."""
    return _csv([("upn", "page"), *((user.upn, user.page) for user in box.crowd.users())])


def truth_of(box: Running) -> str:
    """Return what is true of the generated people of `box` as the text of a CSV file: `upn,verdict,cause`.

    Raises:
        InputError: its fault concerns them as well, so that it is not known.
    """
    if not box.crowd.is_spared(box.state):
        why = f"the fault {box.fault} changes what is true of everybody; expected healthy, or a fault of sign-in"
        raise InputError("--write-truth", why)
    return _csv([("upn", "verdict", "cause"), *((user.upn, *TRUTH[user.fault]) for user in box.crowd.users())])


def _csv(rows: list[tuple[str, ...]]) -> str:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()

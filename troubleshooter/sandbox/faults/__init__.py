"""The ways in which the sandbox misbehaves. A fault is one module: SENTENCE says what is wrong, plant() makes it so."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from . import (
    broken_image,
    healthy,
    never_visited,
    no_photo,
    other_photo,
    page_missing,
    placeholder,
    recropped,
    slow_images,
    stale_copy,
    subject_not_on_page,
    wrong_password,
)

if TYPE_CHECKING:
    from ..state import State


class Fault(Protocol):
    """What every module of this folder gives."""

    SENTENCE: str
    """One sentence for a list of faults."""

    # Called on a tenant that is healthy in everything else.
    def plant(self, state: "State", /) -> None: ...


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "healthy": healthy,
        "stale-copy": stale_copy,
        "never-visited": never_visited,
        "placeholder": placeholder,
        "no-photo": no_photo,
        "other-photo": other_photo,
        "recropped": recropped,
        "broken-image": broken_image,
        "slow-images": slow_images,
        "subject-not-on-page": subject_not_on_page,
        "page-missing": page_missing,
        "wrong-password": wrong_password,
    }
)


def allowed() -> str:
    """All names, for a message."""
    return ", ".join(FAULTS)


def named(written: str) -> tuple[str, ...]:
    """The faults that `written` names: one, or several with `+` or a comma between them.

    Raises ValueError for a name that is not known, or one that comes twice.
    """
    names = tuple(name.strip() for name in written.replace(",", "+").split("+"))
    for number, name in enumerate(names):
        if name not in FAULTS:
            raise ValueError(f"fault: {name}: no such one, allowed: {allowed()}")
        if name in names[:number]:
            raise ValueError(f"fault: {name}: named twice in {written}, allowed: each one once")
    return names

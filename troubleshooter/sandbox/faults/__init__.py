"""The ways in which the sandbox misbehaves. A fault is one module: SENTENCE says what is wrong, plant() makes it so."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from . import (
    blank_delivery,
    broken_image,
    cross_domain_blocked,
    guest_subject,
    guest_viewer,
    healthy,
    mail_not_upn,
    mixed_generations,
    never_visited,
    no_longer_triggered,
    no_mailbox,
    no_photo,
    on_premises_source,
    other_geo,
    other_photo,
    page_missing,
    picture_not_editable,
    placeholder,
    recropped,
    slow_images,
    small_pictures,
    stale_client_caches,
    stale_copy,
    stale_delivery,
    stale_search,
    stale_site_copy,
    stub_profile,
    stuck_copy,
    subject_not_on_page,
    thumbnail_refused,
    tiny_photo,
    upload_refused,
    wrong_password,
    wrong_person,
)
from .ends import Ends

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
        "recropped": recropped,
        "never-visited": never_visited,
        "stuck-copy": stuck_copy,
        "picture-not-editable": picture_not_editable,
        "other-photo": other_photo,
        "placeholder": placeholder,
        "no-photo": no_photo,
        "upload-refused": upload_refused,
        "on-premises-source": on_premises_source,
        "tiny-photo": tiny_photo,
        "thumbnail-refused": thumbnail_refused,
        "no-mailbox": no_mailbox,
        "stale-delivery": stale_delivery,
        "broken-image": broken_image,
        "blank-delivery": blank_delivery,
        "stale-site-copy": stale_site_copy,
        "stale-search": stale_search,
        "stale-client-caches": stale_client_caches,
        "cross-domain-blocked": cross_domain_blocked,
        "mail-not-upn": mail_not_upn,
        "wrong-person": wrong_person,
        "guest-subject": guest_subject,
        "guest-viewer": guest_viewer,
        "other-geo": other_geo,
        "small-pictures": small_pictures,
        "mixed-generations": mixed_generations,
        "stub-profile": stub_profile,
        "no-longer-triggered": no_longer_triggered,
        "slow-images": slow_images,
        "subject-not-on-page": subject_not_on_page,
        "page-missing": page_missing,
        "wrong-password": wrong_password,
    }
)


def ends_of(name: str) -> Ends | None:
    """What a run against this fault should find; None where the fault's file does not say."""
    return getattr(FAULTS[name], "ENDS", None)


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

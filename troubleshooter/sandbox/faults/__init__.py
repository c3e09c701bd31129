"""Defines the ways in which the sandbox misbehaves.

A fault that is only data is a row: in the table below if it sets flags, in moved_hosts.py if SharePoint leads to
another host, in sign_in.py if it changes the sign-in flow.
A fault with behavior is a module, whose DESCRIPTION says in one sentence what is wrong, and whose apply() makes it so.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from troubleshooter.sandbox.faults import (
    browser_cache,
    cross_domain_blocked,
    deleted_at_source,
    guest_subject,
    guest_viewer,
    healthy,
    lost_profile,
    mail_not_upn,
    mixed_generations,
    never_visited,
    no_longer_triggered,
    no_mailbox,
    no_photo,
    on_premises_source,
    other_geo,
    other_photo,
    picture_not_editable,
    placeholder,
    recreated_account,
    recropped,
    stale_client_caches,
    stale_copy,
    stale_delivery,
    stale_search,
    stale_site_copy,
    stub_profile,
    stuck_copy,
    thumbnail_refused,
    tiny_photo,
    upload_popup,
    upload_refused,
    wrong_person,
)
from troubleshooter.sandbox.faults.moved_hosts import HOST_FAULTS
from troubleshooter.sandbox.faults.rows import flag_fault
from troubleshooter.sandbox.faults.sign_in import SIGN_IN_FAULTS
from troubleshooter.sandbox.flags import Flags
from troubleshooter.sandbox.state import Fault, State


class _Module(Protocol):
    """The interface of a fault's module."""

    DESCRIPTION: str

    def apply(self, state: State, /) -> None: ...


def _fault(name: str, module: _Module) -> Fault:
    return Fault(name, module.DESCRIPTION, module.apply)


_TABLE = (
    _fault("healthy", healthy),
    _fault("stale-copy", stale_copy),
    _fault("recropped", recropped),
    _fault("lost-profile", lost_profile),
    _fault("never-visited", never_visited),
    _fault("stuck-copy", stuck_copy),
    _fault("picture-not-editable", picture_not_editable),
    _fault("other-photo", other_photo),
    _fault("placeholder", placeholder),
    _fault("no-photo", no_photo),
    _fault("deleted-at-source", deleted_at_source),
    _fault("upload-refused", upload_refused),
    _fault("upload-popup", upload_popup),
    flag_fault(
        "upload-account",
        "The photo is changed on the My Account page, with the pencil beside it.",
        Flags(upload_window="account"),
    ),
    flag_fault(
        "upload-profile",
        "The photo is changed on the Microsoft 365 profile only; the circle in the panel leads nowhere.",
        Flags(upload_window="profile"),
    ),
    flag_fault(
        "upload-late", "An uploaded photo is accepted at once and shown 20 minutes later.", Flags(upload_late=True)
    ),
    flag_fault("no-camera-button", "The user is offered nothing that changes the photo.", Flags(camera_hidden=True)),
    flag_fault(
        "two-candidates",
        "The upload window has two file inputs, and only its text tells which takes the photo.",
        Flags(two_file_inputs=True),
    ),
    flag_fault(
        "plain-window",
        "The upload window has buttons that look alike; those that send appear one after the other.",
        Flags(plain_window=True),
    ),
    flag_fault(
        "alike-buttons",
        "The upload window has buttons that only their labels tell apart, all visible from the start.",
        Flags(plain_window=True, all_at_once=True),
    ),
    _fault("on-premises-source", on_premises_source),
    _fault("tiny-photo", tiny_photo),
    _fault("thumbnail-refused", thumbnail_refused),
    _fault("no-mailbox", no_mailbox),
    _fault("browser-cache", browser_cache),
    _fault("stale-delivery", stale_delivery),
    flag_fault(
        "broken-image",
        "SharePoint's photo addresses answer 403 for everybody, so cards show broken pictures.",
        Flags(cdn_refuses=True),
    ),
    flag_fault(
        "blank-delivery",
        "SharePoint's photo service answers with the placeholder for everybody, although each profile has its picture.",
        Flags(photos_blank=True),
    ),
    _fault("stale-site-copy", stale_site_copy),
    _fault("recreated-account", recreated_account),
    _fault("stale-search", stale_search),
    _fault("stale-client-caches", stale_client_caches),
    _fault("cross-domain-blocked", cross_domain_blocked),
    flag_fault(
        "library-refused",
        "A session with limited access: the library of stored photos refuses every picture, also by itself.",
        Flags(library_refuses=True),
    ),
    flag_fault(
        "header-photo-refused",
        "A session with limited access: photos that headers and account panels fetch are refused; they draw initials.",
        Flags(headers_refused=True),
    ),
    _fault("mail-not-upn", mail_not_upn),
    flag_fault(
        "live-card-only",
        "Outlook answers with its page instead of a picture, Graph wants a token: only today's profile card is left.",
        Flags(live_card=True, outlook_moved=True),
    ),
    flag_fault(
        "no-source-for-colleagues",
        "Outlook answers with its page instead of a picture, Graph wants a token, and no profile card opens.",
        Flags(cards_closed=True, outlook_moved=True),
    ),
    flag_fault(
        "raw-address",
        "A web part writes the account into the photo's address without encoding it, which cuts it off at its #.",
        Flags(cards_ask_raw=True),
    ),
    _fault("wrong-person", wrong_person),
    _fault("guest-subject", guest_subject),
    _fault("guest-viewer", guest_viewer),
    _fault("other-geo", other_geo),
    flag_fault(
        "small-pictures",
        "Web parts enlarge the smallest stored picture (48 pixels): the right photo, but blurry.",
        Flags(small_pictures=True),
    ),
    _fault("mixed-generations", mixed_generations),
    _fault("stub-profile", stub_profile),
    _fault("no-longer-triggered", no_longer_triggered),
    flag_fault(
        "slow-images",
        "SharePoint's photos never arrive: each request hangs until the browser gives up.",
        Flags(photos_hang=True),
    ),
    flag_fault("late-page", "Pages of sites show nothing but the header for some seconds.", Flags(pages_late=True)),
    flag_fault(
        "late-cards", "People web parts stay empty for some seconds before their cards appear.", Flags(cards_late=True)
    ),
    flag_fault(
        "late-photos",
        "Cards show initials for some seconds before they request their photos.",
        Flags(photos_late=True),
    ),
    flag_fault(
        "fade-in", "The photos of cards fade in for two seconds after they have loaded.", Flags(photos_appear="fade")
    ),
    flag_fault(
        "blur-up",
        "Cards show a blurred stand-in until the photo has loaded, which then sharpens for two seconds.",
        Flags(photos_appear="blur"),
    ),
    flag_fault(
        "decoded-late",
        "SharePoint's photo of the user has 16 million pixels: it has loaded long before it is drawn.",
        Flags(photos_huge=True),
    ),
    flag_fault(
        "other-part",
        "Pages also show the user in a web part of another kind, which their data does not name.",
        Flags(other_part=True),
    ),
    flag_fault(
        "swapped-photo",
        "A script replaces the pictures of the cards some seconds after the page has settled.",
        Flags(photo_swapped=True),
    ),
    flag_fault(
        "teaching-bubble", "A teaching bubble covers the account panel until it is closed.", Flags(bubble="closes")
    ),
    flag_fault(
        "stuck-bubble", "A teaching bubble that nothing closes covers the account panel.", Flags(bubble="stays")
    ),
    flag_fault(
        "panel-from-sharepoint",
        "The account panel takes its photo from SharePoint, and asks for it only when it opens.",
        Flags(panel_photo_from_sharepoint=True),
    ),
    flag_fault(
        "subject-not-on-page",
        "The user appears on none of the pages: in no People web part, byline or comment.",
        Flags(subject_left_out=True),
    ),
    *HOST_FAULTS,
    flag_fault("page-missing", "The pages that the demo visits do not exist.", Flags(pages_missing=True)),
    flag_fault("font-hangs", "Every page uses a web font that never arrives.", Flags(fonts_hang=True)),
    flag_fault(
        "page-loops", "The second page of the demo redirects to itself again and again.", Flags(last_page="loops")
    ),
    flag_fault("page-downloads", "The second page of the demo is a file to download.", Flags(last_page="downloads")),
    flag_fault(
        "page-cut-off",
        "Whenever the second page of the demo is requested, the connection breaks.",
        Flags(last_page="cut-off"),
    ),
    flag_fault("wrong-password", "Sign-in rejects every password (error 50126).", Flags(refuse_passwords=True)),
    *SIGN_IN_FAULTS,
)

FAULTS: Mapping[str, Fault] = MappingProxyType({fault.name: fault for fault in _TABLE})
"""Every fault, by name."""


def named(written: str) -> tuple[str, ...]:
    """Return the names in `written`: one, or several separated by `+` or a comma.

    Raises ValueError for a name that is unknown or repeated.
    """
    names = tuple(name.strip() for name in written.replace(",", "+").split("+"))
    for number, name in enumerate(names):
        if name not in FAULTS:
            raise ValueError(f"fault: {name}: no such fault, allowed: {', '.join(FAULTS)}")
        if name in names[:number]:
            raise ValueError(f"fault: {name}: named twice in {written}")
    return names


def fault_named(written: str) -> Fault:
    """Return the fault that `written` names; several faults are applied in order to a healthy tenant.

    Raises ValueError for a name that is unknown or repeated.
    """
    parts = [FAULTS[name] for name in named(written)]

    def apply(state: State) -> None:
        for part in (FAULTS["healthy"], *parts):
            part.apply(state)

    return Fault("+".join(part.name for part in parts), " ".join(part.description for part in parts), apply)

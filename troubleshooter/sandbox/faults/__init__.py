"""The ways in which the sandbox misbehaves. A fault is one module: SENTENCE says what is wrong, plant() makes it so."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from troubleshooter.sandbox.faults import (
    access_pass,
    adfs,
    adfs_not_allowed,
    adfs_paged,
    alike_buttons,
    app_confirm,
    blank_delivery,
    blocked_by_policy,
    broken_image,
    browser_cache,
    consent,
    cross_domain_blocked,
    first_sign_in_interrupts,
    guest_subject,
    guest_viewer,
    healthy,
    kmsi_hidden_checkbox,
    late_cards,
    late_config,
    late_photos,
    locked,
    lookalike_frame,
    lookalike_homograph,
    lookalike_host,
    lookalike_midway,
    mail_not_upn,
    mfa_code_unknown,
    mfa_denied,
    mfa_methods,
    mfa_methods_totp,
    mfa_number,
    mfa_number_changes,
    mfa_other_way,
    mfa_push,
    mfa_sms,
    mfa_timeout,
    mfa_totp,
    mixed_generations,
    never_visited,
    no_camera_button,
    no_kmsi,
    no_longer_triggered,
    no_mailbox,
    no_photo,
    okta,
    on_premises_source,
    other_geo,
    other_part,
    other_photo,
    page_missing,
    passkey,
    password_expired,
    password_notice,
    passwordless,
    picker,
    picker_other,
    picture_not_editable,
    ping,
    placeholder,
    plain_window,
    proofup_required,
    proofup_skippable,
    recropped,
    seamless_sso,
    sign_in_error,
    sign_in_loop,
    signed_out_midway,
    slow_images,
    slow_sign_in,
    small_pictures,
    stale_client_caches,
    stale_copy,
    stale_delivery,
    stale_search,
    stale_site_copy,
    stub_profile,
    stuck_bubble,
    stuck_copy,
    subject_not_on_page,
    swallowed_clicks,
    swapped_photo,
    teaching_bubble,
    terms_of_use,
    thumbnail_refused,
    tiny_photo,
    two_candidates,
    unknown_screen,
    unknown_user,
    upload_account,
    upload_late,
    upload_popup,
    upload_profile,
    upload_refused,
    work_or_personal,
    wrong_password,
    wrong_person,
)
from troubleshooter.sandbox.faults.ends import Ends

if TYPE_CHECKING:
    from troubleshooter.sandbox.state import State


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
        "upload-popup": upload_popup,
        "upload-account": upload_account,
        "upload-profile": upload_profile,
        "upload-late": upload_late,
        "no-camera-button": no_camera_button,
        "two-candidates": two_candidates,
        "plain-window": plain_window,
        "alike-buttons": alike_buttons,
        "on-premises-source": on_premises_source,
        "tiny-photo": tiny_photo,
        "thumbnail-refused": thumbnail_refused,
        "no-mailbox": no_mailbox,
        "browser-cache": browser_cache,
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
        "late-cards": late_cards,
        "late-photos": late_photos,
        "other-part": other_part,
        "swapped-photo": swapped_photo,
        "teaching-bubble": teaching_bubble,
        "stuck-bubble": stuck_bubble,
        "subject-not-on-page": subject_not_on_page,
        "page-missing": page_missing,
        "wrong-password": wrong_password,
        "mfa-number": mfa_number,
        "mfa-number-changes": mfa_number_changes,
        "mfa-push": mfa_push,
        "mfa-totp": mfa_totp,
        "mfa-code-unknown": mfa_code_unknown,
        "mfa-sms": mfa_sms,
        "mfa-methods": mfa_methods,
        "mfa-methods-totp": mfa_methods_totp,
        "mfa-other-way": mfa_other_way,
        "mfa-denied": mfa_denied,
        "mfa-timeout": mfa_timeout,
        "proofup-skippable": proofup_skippable,
        "proofup-required": proofup_required,
        "blocked-by-policy": blocked_by_policy,
        "locked": locked,
        "password-expired": password_expired,
        "adfs": adfs,
        "adfs-paged": adfs_paged,
        "adfs-not-allowed": adfs_not_allowed,
        "ping": ping,
        "okta": okta,
        "lookalike-host": lookalike_host,
        "lookalike-homograph": lookalike_homograph,
        "lookalike-midway": lookalike_midway,
        "lookalike-frame": lookalike_frame,
        "picker": picker,
        "picker-other": picker_other,
        "work-or-personal": work_or_personal,
        "unknown-user": unknown_user,
        "passwordless": passwordless,
        "access-pass": access_pass,
        "passkey": passkey,
        "no-kmsi": no_kmsi,
        "kmsi-hidden-checkbox": kmsi_hidden_checkbox,
        "consent": consent,
        "app-confirm": app_confirm,
        "terms-of-use": terms_of_use,
        "first-sign-in-interrupts": first_sign_in_interrupts,
        "unknown-screen": unknown_screen,
        "sign-in-error": sign_in_error,
        "sign-in-loop": sign_in_loop,
        "swallowed-clicks": swallowed_clicks,
        "late-config": late_config,
        "slow-sign-in": slow_sign_in,
        "password-notice": password_notice,
        "seamless-sso": seamless_sso,
        "signed-out-midway": signed_out_midway,
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

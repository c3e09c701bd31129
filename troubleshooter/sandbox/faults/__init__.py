"""The ways in which the sandbox misbehaves. A fault is one module: SENTENCE says what is wrong, plant() makes it so."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from . import (
    access_pass,
    adfs,
    adfs_not_allowed,
    adfs_paged,
    app_confirm,
    blocked_by_policy,
    broken_image,
    consent,
    first_sign_in_interrupts,
    healthy,
    kmsi_hidden_checkbox,
    late_config,
    locked,
    lookalike_frame,
    lookalike_homograph,
    lookalike_host,
    lookalike_midway,
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
    never_visited,
    no_kmsi,
    no_photo,
    okta,
    other_photo,
    page_missing,
    passkey,
    password_expired,
    password_notice,
    passwordless,
    picker,
    picker_other,
    ping,
    placeholder,
    proofup_required,
    proofup_skippable,
    recropped,
    sign_in_error,
    sign_in_loop,
    signed_out_midway,
    slow_images,
    slow_sign_in,
    stale_copy,
    subject_not_on_page,
    swallowed_clicks,
    terms_of_use,
    unknown_screen,
    unknown_user,
    work_or_personal,
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
        "signed-out-midway": signed_out_midway,
    }
)


def allowed() -> str:
    """All names, for a message."""
    return ", ".join(FAULTS)

"""How a run of `photo-differs` against each fault of the sandbox should end, for rehearsals and measurements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

BOTH = ("own", "colleague")


@dataclass(frozen=True)
class ExpectedOutcome:
    """How a run against a fault should end."""

    verdict: str
    cause: str | None = None
    """ID of the cause that the fault stands for; None if it is none of the known causes."""
    reason: str | None = None
    """Reason of the verdict, if the verdict needs one."""
    visible_to: tuple[str, ...] = BOTH
    """Roles whose session can see the fault, `own` or `colleague`; to the others the tenant looks healthy."""
    needs_expected_photo: bool = False
    """Whether the fault shows only in a comparison with the photo that the user wants to have (`--expect`)."""
    changed: timedelta | None = None
    """How long ago the user changed the photo, if only that distinguishes this cause from another."""
    surfaces: tuple[str, ...] = ()
    """Surfaces without which the fault cannot be seen."""
    profile_saw: str = ""
    """Fault under which a browser profile saw the tenant earlier; the present fault shows in a copy of that profile."""

    def verdict_for(self, role: str) -> str:
        """Return the verdict that `own` or `colleague` should get."""
        return self.verdict if role in self.visible_to else "in-sync"


EXPECTED: Mapping[str, ExpectedOutcome] = {
    "healthy": ExpectedOutcome("in-sync"),
    "stale-copy": ExpectedOutcome("out-of-sync", "C1"),
    "recropped": ExpectedOutcome("out-of-sync", "C1"),
    "lost-profile": ExpectedOutcome("inconclusive", reason="undetermined"),
    "never-visited": ExpectedOutcome("out-of-sync", "C2"),
    "stuck-copy": ExpectedOutcome("out-of-sync", "C3", changed=timedelta(days=5)),
    "picture-not-editable": ExpectedOutcome("out-of-sync", "C4", changed=timedelta(days=5)),
    "other-photo": ExpectedOutcome("out-of-sync", "C5"),
    "placeholder": ExpectedOutcome("out-of-sync", "C6"),
    "no-photo": ExpectedOutcome("no-photo", "C7"),
    "deleted-at-source": ExpectedOutcome("out-of-sync", "C27"),
    "upload-refused": ExpectedOutcome("out-of-sync", "C8", needs_expected_photo=True),
    "on-premises-source": ExpectedOutcome("out-of-sync", "C9", needs_expected_photo=True, changed=timedelta(hours=3)),
    "tiny-photo": ExpectedOutcome("in-sync", "C10"),
    "thumbnail-refused": ExpectedOutcome("out-of-sync", "C10"),
    "no-mailbox": ExpectedOutcome("out-of-sync", "C11"),
    "browser-cache": ExpectedOutcome("out-of-sync", "C12", profile_saw="stale-copy"),
    "stale-delivery": ExpectedOutcome("out-of-sync", "C13"),
    "broken-image": ExpectedOutcome("inconclusive", "C14", reason="images-not-settled"),
    "blank-delivery": ExpectedOutcome("out-of-sync", "C14"),
    "stale-site-copy": ExpectedOutcome("out-of-sync", "C15"),
    "recreated-account": ExpectedOutcome("out-of-sync", "C29"),
    "stale-search": ExpectedOutcome("out-of-sync", "C16", surfaces=("people-search",)),
    "stale-client-caches": ExpectedOutcome(
        "out-of-sync", "C17", surfaces=("outlook-header", "teams-header"), visible_to=("own",)
    ),
    "cross-domain-blocked": ExpectedOutcome("inconclusive", "C18", reason="images-not-settled"),
    "header-photo-refused": ExpectedOutcome("inconclusive", reason="no-reference", visible_to=("own",)),
    "library-refused": ExpectedOutcome("inconclusive", "C28", reason="images-not-settled"),
    "mail-not-upn": ExpectedOutcome("out-of-sync", "C19"),
    "live-card-only": ExpectedOutcome("in-sync"),
    "no-source-for-colleagues": ExpectedOutcome("inconclusive", reason="no-reference", visible_to=("colleague",)),
    "raw-address": ExpectedOutcome("out-of-sync", "C19"),
    "wrong-person": ExpectedOutcome("inconclusive", "C20", reason="subject-not-on-page"),
    "guest-subject": ExpectedOutcome("no-photo", "C21"),
    "guest-viewer": ExpectedOutcome("inconclusive", "C21", reason="no-reference", visible_to=("colleague",)),
    "other-geo": ExpectedOutcome("out-of-sync", "C22"),
    "small-pictures": ExpectedOutcome("in-sync", "C23"),
    "mixed-generations": ExpectedOutcome("out-of-sync", "C24"),
    "stub-profile": ExpectedOutcome("out-of-sync", "C25"),
    "no-longer-triggered": ExpectedOutcome("out-of-sync", "C26", changed=timedelta(days=5)),
    "slow-images": ExpectedOutcome("inconclusive", reason="images-not-settled"),
    "late-page": ExpectedOutcome("in-sync"),
    "late-cards": ExpectedOutcome("in-sync"),
    "late-photos": ExpectedOutcome("in-sync"),
    "fade-in": ExpectedOutcome("in-sync"),
    "blur-up": ExpectedOutcome("in-sync"),
    "decoded-late": ExpectedOutcome("in-sync"),
    "other-part": ExpectedOutcome("in-sync"),
    "teaching-bubble": ExpectedOutcome("in-sync"),
    "stuck-bubble": ExpectedOutcome("inconclusive", reason="images-not-settled"),
    "panel-from-sharepoint": ExpectedOutcome("in-sync"),
    "subject-not-on-page": ExpectedOutcome("inconclusive", reason="subject-not-on-page"),
    "cloud-microsoft": ExpectedOutcome("in-sync"),
    "renamed-tenant": ExpectedOutcome("stopped", reason="tenant-moved"),
    "session-control": ExpectedOutcome("stopped", reason="session-control"),
    "session-control-home": ExpectedOutcome("stopped", reason="session-control"),
    "sharepoint-imitated": ExpectedOutcome("stopped", reason="unexpected-host"),
    "sharepoint-to-intranet": ExpectedOutcome("stopped", reason="unexpected-host"),
    "page-missing": ExpectedOutcome("inconclusive", reason="page-missing"),
    "font-hangs": ExpectedOutcome("in-sync"),
    "page-loops": ExpectedOutcome("inconclusive", reason="redirect-loop"),
    "page-downloads": ExpectedOutcome("inconclusive", reason="not-a-page"),
    "page-cut-off": ExpectedOutcome("inconclusive", reason="connection-failed"),
    "wrong-password": ExpectedOutcome("stopped", reason="wrong-password"),
}
"""Expected outcome of a run, by fault."""

_ELSEWHERE = {
    "tests/scenarios/test_acting.py": (
        "upload-popup", "upload-account", "upload-profile", "upload-late", "no-camera-button", "two-candidates",
        "plain-window", "alike-buttons",
    ),
    "tests/steps/test_sign_in.py": ("signed-out-midway",),
    "tests/test_rehearsals.py": ("swapped-photo",),
    "tests/signin/test_check.py": (
        "mfa-number", "mfa-number-changes", "mfa-push", "mfa-totp", "mfa-totp-wrong", "mfa-code-unknown", "mfa-sms",
        "mfa-methods", "mfa-methods-totp", "mfa-other-way", "mfa-denied", "mfa-timeout", "proofup-skippable",
        "proofup-required", "action-required", "campaign", "setup-wizard", "blocked-by-policy", "locked",
        "device-required", "account-disabled", "not-assigned", "unknown-refusal",
        "password-expired", "adfs", "adfs-paged", "adfs-not-allowed", "ping", "okta",
        "lookalike-host", "lookalike-homograph", "lookalike-midway", "lookalike-frame", "picker", "picker-other",
        "work-or-personal", "unknown-user", "passwordless", "access-pass", "passkey", "passkey-picker",
        "passkey-only", "no-kmsi",
        "kmsi-hidden-checkbox", "consent", "app-confirm", "terms-of-use", "first-sign-in-interrupts",
        "unknown-screen", "unknown-layout", "sign-in-error", "sign-in-loop", "swallowed-clicks", "password-box-shown",
        "session-control-sign-in", "password-checked", "late-config", "slow-sign-in", "password-notice", "seamless-sso",
    ),
}  # fmt: skip

TESTED_ELSEWHERE: Mapping[str, str] = {fault: file for file, faults in _ELSEWHERE.items() for fault in faults}
"""Test file that covers a fault that is not rehearsed, by fault; most of these concern sign-in and upload."""

FIRST_DIAGNOSIS = (
    "C1", "C2", "C5", "C7", "C9", "C10", "C11", "C12", "C14", "C16", "C17", "C18", "C19", "C21", "C24",
    "C27", "C28", "C29",
)  # fmt: skip
"""Causes that have to be the first diagnosis; any other cause may be the second."""

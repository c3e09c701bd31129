"""Defines the faults of sign-in, one row each, with what its plan changes in the healthy one."""

from troubleshooter.sandbox.faults.rows import sign_in_fault
from troubleshooter.sandbox.sign_in_plan import SignInPlan

_MFA = ("mfa", "kmsi")
_PUSH = ("PhoneAppNotification",)
_TOTP = ("PhoneAppOTP",)
_ALL_METHODS = (*_PUSH, *_TOTP, "OneWaySMS")

SIGN_IN_FAULTS = (
    sign_in_fault(
        "mfa-number",
        "After the password, a request on the phone shows a number to match; it is approved after 3 seconds.",
        SignInPlan(steps=_MFA, proofs=_PUSH),
    ),
    sign_in_fault(
        "mfa-number-changes",
        "Like mfa-number, but the number changes once while it is shown.",
        SignInPlan(steps=_MFA, proofs=_PUSH, number_changes=True, answers_after=5.0),
    ),
    sign_in_fault(
        "mfa-push",
        "After the password, a request on the phone shows no number; it is approved after 3 seconds.",
        SignInPlan(steps=_MFA, proofs=_PUSH, shows_number=False),
    ),
    sign_in_fault(
        "mfa-totp",
        "After the password, sign-in asks for a code of the authenticator app; the accounts know their seed.",
        SignInPlan(steps=_MFA, proofs=_TOTP, totp_known=True),
    ),
    sign_in_fault(
        "mfa-totp-wrong",
        "Like mfa-totp, but the accounts know another seed: every code is refused at once.",
        SignInPlan(steps=_MFA, proofs=_TOTP, totp_known=True, totp_wrong=True),
    ),
    sign_in_fault(
        "mfa-code-unknown", "Like mfa-totp, but the accounts know no seed.", SignInPlan(steps=_MFA, proofs=_TOTP)
    ),
    sign_in_fault(
        "mfa-sms",
        "After the password, sign-in asks for the code of a text message, which only a person can read.",
        SignInPlan(steps=_MFA, proofs=("OneWaySMS",)),
    ),
    sign_in_fault(
        "mfa-methods",
        "After the password, a list of methods comes first; the accounts know no seed.",
        SignInPlan(steps=_MFA, proofs=_ALL_METHODS, lists_proofs=True),
    ),
    sign_in_fault(
        "mfa-methods-totp",
        "Like mfa-methods, but the accounts know their seed.",
        SignInPlan(steps=_MFA, proofs=_ALL_METHODS, lists_proofs=True, totp_known=True),
    ),
    sign_in_fault(
        "mfa-other-way",
        "Nobody answers the request on the phone; another way leads to a code, whose seed the accounts know.",
        SignInPlan(steps=_MFA, proofs=(*_PUSH, *_TOTP), totp_known=True, outcome="none", answers_after=20.0),
    ),
    sign_in_fault(
        "mfa-denied",
        "The request on the phone is denied after 2 seconds.",
        SignInPlan(steps=_MFA, proofs=_PUSH, outcome="denied", answers_after=2.0),
    ),
    sign_in_fault(
        "mfa-timeout",
        "Nobody answers the request on the phone; it times out after 3 seconds.",
        SignInPlan(steps=_MFA, proofs=_PUSH, outcome="none"),
    ),
    sign_in_fault(
        "proofup-skippable",
        "After the password, security info is to be registered, which can wait for 14 days.",
        SignInPlan(steps=("proof-up", "kmsi"), days_left=14),
    ),
    sign_in_fault(
        "proofup-required",
        "After the password, security info must be registered before anything else.",
        SignInPlan(steps=("proof-up", "kmsi")),
    ),
    sign_in_fault(
        "action-required",
        "Before and after the question to stay signed in, security info is wanted and may be asked for again later.",
        SignInPlan(steps=("action-required", "action-required", "kmsi", "action-required")),
    ),
    sign_in_fault(
        "campaign",
        "After the second factor, a campaign on a page that nobody knows asks for a passkey, and can be skipped.",
        SignInPlan(steps=("mfa", "campaign", "kmsi"), proofs=_TOTP, totp_known=True),
    ),
    sign_in_fault(
        "setup-wizard",
        "After the password, the site that registers security info is shown; one of its links skips that.",
        SignInPlan(steps=("wizard", "kmsi")),
    ),
    sign_in_fault(
        "blocked-by-policy",
        "A Conditional Access policy blocks the sign-in (error 53003).",
        SignInPlan(steps=("blocked",)),
    ),
    sign_in_fault(
        "locked",
        "The account is locked: sign-in refuses the right password (error 50053).",
        SignInPlan(refusal=50053),
    ),
    sign_in_fault(
        "device-required",
        "A policy wants a managed device: the right password is answered with code 530003 beside its field.",
        SignInPlan(refusal=530003, refusal_in="line"),
    ),
    sign_in_fault(
        "account-disabled",
        "The account is disabled: a page of its own says so after the right password (error 50057).",
        SignInPlan(refusal=50057, refusal_in="page"),
    ),
    sign_in_fault(
        "not-assigned",
        "The account is not assigned to the app: only the address of the error page says so (error 50105).",
        SignInPlan(refusal=50105, refusal_in="address"),
    ),
    sign_in_fault(
        "unknown-refusal",
        "Beside the field, the right password is answered with a code that nobody has described (399217).",
        SignInPlan(refusal=399217, refusal_in="line"),
    ),
    sign_in_fault(
        "password-expired",
        "The password has expired: the page to change it follows (error 50055).",
        SignInPlan(steps=("change-password",)),
    ),
    sign_in_fault(
        "adfs",
        "The company's AD FS takes the password; the accounts name its host.",
        SignInPlan(federation="adfs"),
    ),
    sign_in_fault(
        "adfs-paged",
        "AD FS in its paginated theme takes the password, name first and password second; the accounts name its host.",
        SignInPlan(federation="adfs-paged"),
    ),
    sign_in_fault(
        "adfs-not-allowed",
        "AD FS asks for the password, and no account allows it to.",
        SignInPlan(federation="adfs", federation_known=False),
    ),
    sign_in_fault(
        "ping", "PingFederate takes the password; the accounts name its host.", SignInPlan(federation="ping")
    ),
    sign_in_fault(
        "okta", "Okta's classic widget takes the password; the accounts name its host.", SignInPlan(federation="okta")
    ),
    sign_in_fault(
        "lookalike-host",
        "Sign-in redirects to a host that only looks like the sign-in service.",
        SignInPlan(start="lookalike"),
    ),
    sign_in_fault(
        "lookalike-homograph",
        "Sign-in redirects to the sign-in host's name with a Cyrillic letter.",
        SignInPlan(start="homograph"),
    ),
    sign_in_fault(
        "lookalike-midway",
        "After the password, a redirect to a look-alike host asks for it again.",
        SignInPlan(steps=("lookalike",)),
    ),
    sign_in_fault(
        "lookalike-frame",
        "The sign-in page contains a frame of a look-alike host, with fields for email and password.",
        SignInPlan(start="lookalike-frame"),
    ),
    sign_in_fault(
        "session-control-sign-in",
        "Session control serves the sign-in service, too, and asks for the password under the name with its suffix.",
        SignInPlan(start="session-control"),
    ),
    sign_in_fault(
        "picker",
        "Sign-in offers accounts to pick from: the right tile is there twice, once hidden and dead.",
        SignInPlan(start="picker"),
    ),
    sign_in_fault(
        "picker-other",
        "Sign-in offers accounts to pick from, and the right one is not among them.",
        SignInPlan(start="picker-other"),
    ),
    sign_in_fault(
        "work-or-personal",
        "After the email address, sign-in asks for the work or the personal account.",
        SignInPlan(asks_work_or_personal=True),
    ),
    sign_in_fault("unknown-user", "The sign-in service knows no email address.", SignInPlan(nobody_known=True)),
    sign_in_fault(
        "passwordless",
        "A request on the phone comes instead of the password, which can be used as well.",
        SignInPlan(credential="passwordless"),
    ),
    sign_in_fault(
        "access-pass",
        "Sign-in asks for a Temporary Access Pass instead of the password.",
        SignInPlan(credential="access-pass"),
    ),
    sign_in_fault(
        "passkey",
        "login.microsoft.com asks for a passkey instead of the password; another way leads to the password.",
        SignInPlan(credential="passkey"),
    ),
    sign_in_fault(
        "passkey-picker",
        "A passkey is asked for first; seconds after it failed, a picker offers the password among other ways.",
        SignInPlan(credential="passkey", passkey_ways=("7", "2", "1", "organization")),
    ),
    sign_in_fault(
        "passkey-only",
        "A passkey is asked for first, and nothing else is offered once it failed.",
        SignInPlan(credential="passkey", passkey_ways=("7",)),
    ),
    sign_in_fault("no-kmsi", 'Branding hides the question "Stay signed in?".', SignInPlan(steps=())),
    sign_in_fault(
        "kmsi-hidden-checkbox",
        'Branding moves the checkbox of "Stay signed in?" out of sight.',
        SignInPlan(checkbox_hidden=True),
    ),
    sign_in_fault("consent", "After the password, an app asks for permissions.", SignInPlan(steps=("consent", "kmsi"))),
    sign_in_fault(
        "app-confirm",
        "After the password, the app has to be confirmed (error 50199).",
        SignInPlan(steps=("app-confirm", "kmsi")),
    ),
    sign_in_fault(
        "terms-of-use",
        "After the password, the company's terms of use have to be accepted, on another host.",
        SignInPlan(steps=("terms", "kmsi")),
    ),
    sign_in_fault(
        "first-sign-in-interrupts",
        "After the password come an app to confirm, security info that can wait, and the question to stay signed in.",
        SignInPlan(steps=("app-confirm", "proof-up", "kmsi"), days_left=3),
    ),
    sign_in_fault(
        "unknown-screen",
        "After the password comes a screen that nobody has described yet (code 399218).",
        SignInPlan(steps=("unknown", "kmsi")),
    ),
    sign_in_fault(
        "unknown-layout",
        "The sign-in page has a layout that nobody has described: none of its parts has a known id.",
        SignInPlan(start="unknown-layout"),
    ),
    sign_in_fault(
        "sign-in-error",
        "After the password comes the service's error page (AADSTS500011).",
        SignInPlan(steps=("error",)),
    ),
    sign_in_fault(
        "sign-in-loop",
        "The home page never accepts the sign-in, until the service ends the loop (error 50196).",
        SignInPlan(loops=True),
    ),
    sign_in_fault(
        "swallowed-clicks",
        "Sign-in pages ignore every click within 500 ms of typing.",
        SignInPlan(swallows=500),
    ),
    sign_in_fault(
        "password-box-shown",
        "The page that asks for the email address shows the password's box, which counts only in the next view.",
        SignInPlan(box_shown=True),
    ),
    sign_in_fault(
        "password-checked",
        "Sign-in pages post what is typed to a checker of their own, before anything is submitted.",
        SignInPlan(checked=True),
    ),
    sign_in_fault(
        "late-config",
        "Sign-in pages get $Config after 1.2 seconds and stay hidden for another 0.8 seconds.",
        SignInPlan(config_late=1200, drawn_late=800),
    ),
    sign_in_fault(
        "slow-sign-in",
        "The sign-in service takes 3 seconds for each answer, under the busy overlay.",
        SignInPlan(busy=3.0),
    ),
    sign_in_fault(
        "password-notice",
        "The empty password field shows a notice to enter the password as soon as it appears; it is not a refusal.",
        SignInPlan(notice=True),
    ),
    sign_in_fault(
        "seamless-sso",
        "Before it asks for the password, the page tries in a hidden frame whether the computer signs in by itself.",
        SignInPlan(seamless=True),
    ),
    sign_in_fault(
        "signed-out-midway",
        "After SharePoint was opened, the next page leads to sign-in again, once and without an error.",
        SignInPlan(lost_midway=True),
    ),
)
"""The sign-in faults, in the order in which they are listed."""

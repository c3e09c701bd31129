"""What sign-in pages show, and the screen that each is; the codes that end a sign-in, and those that do not."""

from troubleshooter.model.enums import Reason
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import Screen, ScreenName
from troubleshooter.signin.screens import classify
from troubleshooter.tenant.hosts import host_policy

HOME = "https://www.office.com/"
HOSTS = host_policy(
    "worldwide",
    (HOME, "https://contoso.sharepoint.com", "https://contoso-my.sharepoint.com"),
    federated_hosts=("sts.contoso.com",),
)
LOGIN = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize"


def screen(url: str = LOGIN, **shown) -> Screen:
    return classify(Probe(url=url, **shown), HOSTS)


def stop(reason: Reason, code: str | None = None) -> Screen:
    return Screen(ScreenName.STOP, reason, code)


SCREENS = {
    "e-mail": ({"page_id": "ConvergedSignIn", "email": True, "primary": True}, Screen(ScreenName.EMAIL)),
    "e-mail before any session": (
        {"page_id": "ConvergedSignIn", "error": "50058", "email": True, "primary": True},
        Screen(ScreenName.EMAIL),
    ),
    "e-mail with a hidden password field": (
        {"page_id": "ConvergedSignIn", "email": True, "password": False, "primary": True},
        Screen(ScreenName.EMAIL),
    ),
    "e-mail with an error": (
        {"page_id": "ConvergedSignIn", "email": True, "email_error": "…", "primary": True},
        Screen(ScreenName.EMAIL),
    ),
    "an old error on another view": (
        {"page_id": "ConvergedSignIn", "email_error": "…", "password": True},
        Screen(ScreenName.PASSWORD),
    ),
    "password": (
        {"page_id": "ConvergedSignIn", "password": True, "primary": True, "identity": "ana@contoso.com"},
        Screen(ScreenName.PASSWORD),
    ),
    "password with its back arrow": (
        {"page_id": "ConvergedSignIn", "password": True, "primary": True, "back": True},
        Screen(ScreenName.PASSWORD),
    ),
    "password with its back arrow, after a page of the other kind": (
        {"page_id": "KmsiInterrupt", "kmsi": True, "password": True, "primary": True, "back": True},
        Screen(ScreenName.PASSWORD),
    ),
    "password with an error on an empty field": (
        {"page_id": "ConvergedSignIn", "password": True, "password_error": True},
        Screen(ScreenName.PASSWORD),
    ),
    "accounts": ({"page_id": "ConvergedSignIn", "tiles": ("ana@contoso.com",)}, Screen(ScreenName.PICKER)),
    "only another account": ({"page_id": "ConvergedSignIn", "other_tile": True}, Screen(ScreenName.PICKER)),
    "accounts with the e-mail field": ({"tiles": ("ana@contoso.com",), "email": True}, Screen(ScreenName.PICKER)),
    "work or personal": ({"page_id": "ConvergedSignIn", "work_tile": True}, Screen(ScreenName.WORK_OR_PERSONAL)),
    "stay signed in": (
        {"page_id": "KmsiInterrupt", "kmsi": True, "primary": True, "back": True},
        Screen(ScreenName.KMSI),
    ),
    "stay signed in, by its page alone": (
        {"page_id": "KmsiInterrupt", "primary": True, "back": True},
        Screen(ScreenName.KMSI),
    ),
    "stay signed in, by its checkbox alone": ({"kmsi": True, "primary": True, "back": True}, Screen(ScreenName.KMSI)),
    "stay signed in, with its code": (
        {"page_id": "KmsiInterrupt", "error": "50140", "kmsi": True, "primary": True, "back": True},
        Screen(ScreenName.KMSI),
    ),
    "stay signed in, not drawn yet": ({"page_id": "KmsiInterrupt"}, Screen(ScreenName.WAIT)),
    "a back arrow alone": ({"page_id": "ConvergedSignIn", "back": True, "primary": True}, Screen(ScreenName.WAIT)),
    "confirm the app": (
        {"page_id": "CmsiInterrupt", "error": "50199", "app_confirm": True, "primary": True},
        Screen(ScreenName.APP_CONFIRM),
    ),
    "confirm the app, not drawn yet": ({"page_id": "CmsiInterrupt", "error": "50199"}, Screen(ScreenName.WAIT)),
    "second factor, not drawn yet": ({"page_id": "ConvergedTFA", "error": "50076"}, Screen(ScreenName.WAIT)),
    "code": ({"page_id": "ConvergedTFA", "code": True, "proofs": ("PhoneAppOTP",)}, Screen(ScreenName.CODE)),
    "number": ({"page_id": "ConvergedTFA", "push": True, "number": "42"}, Screen(ScreenName.NUMBER)),
    "push": ({"page_id": "ConvergedTFA", "push": True}, Screen(ScreenName.PUSH)),
    "push with send again": ({"page_id": "ConvergedTFA", "push": True, "another_way": True}, Screen(ScreenName.PUSH)),
    "passwordless": (
        {"page_id": "ConvergedSignIn", "passwordless": True, "number": "42"},
        Screen(ScreenName.PASSWORDLESS),
    ),
    "passwordless, left for the password": (
        {"page_id": "ConvergedSignIn", "passwordless": True, "password": True},
        Screen(ScreenName.PASSWORD),
    ),
    "ways to confirm": ({"page_id": "ConvergedTFA", "methods": ("PhoneAppOTP", "")}, Screen(ScreenName.METHODS)),
    "phone number to complete": (
        {"page_id": "ConvergedTFA", "confirm_proof": True, "methods": ("OneWaySMS",)},
        stop(Reason.MFA_NEEDED),
    ),
    "access pass": (
        {"page_id": "ConvergedSignIn", "access_pass": True, "primary": True},
        Screen(ScreenName.ACCESS_PASS),
    ),
    "credentials": ({"page_id": "ConvergedSignIn", "credentials": ("7", "1")}, Screen(ScreenName.CREDENTIAL_LIST)),
    "passkey": (
        {"url": "https://login.microsoft.com/contoso.com/fido/get", "another_way": True},
        Screen(ScreenName.PASSKEY),
    ),
    "denied": ({"page_id": "ConvergedTFA", "push": True, "denied": True}, stop(Reason.MFA_DENIED)),
    "too late": ({"page_id": "ConvergedTFA", "push": True, "timed_out": True}, stop(Reason.MFA_TIMEOUT)),
    "single sign-on to confirm": ({"sso_consent": True}, Screen(ScreenName.SSO_CONSENT)),
    "terms of use": (
        {"url": "https://account.activedirectory.windowsazure.com/TermsOfUse"},
        Screen(ScreenName.STOP, Reason.CONSENT_NEEDED, about="terms"),
    ),
    "registration wizard": (
        {"url": "https://mysignins.microsoft.com/register?csrf_token=x", "me_control": True},
        stop(Reason.REGISTRATION_NEEDED),
    ),
    "a frame that was refused": (
        {"page_id": "ConvergedSignIn", "email": True, "frames": 1, "refused_frame": True},
        stop(Reason.UNEXPECTED_HOST),
    ),
    "frames, none of them refused": (
        {"page_id": "ConvergedSignIn", "email": True, "frames": 2},
        Screen(ScreenName.EMAIL),
    ),
    "no account to choose, or not drawn yet": (
        {"page_id": "ConvergedSignIn", "error": "16000"},
        Screen(ScreenName.WAIT),
    ),
    "AD FS": (
        {"url": "https://sts.contoso.com/adfs/ls/", "federated_name": True, "federated_password": True},
        Screen(ScreenName.FEDERATED),
    ),
    "AD FS, password second": (
        {"url": "https://sts.contoso.com/adfs/ls/", "federated_password": True},
        Screen(ScreenName.FEDERATED),
    ),
    "the company's own second factor": (
        {"url": "https://sts.contoso.com/adfs/ls/", "federated_code": True},
        stop(Reason.MFA_NEEDED),
    ),
    "AD FS's trust form": ({"url": "https://sts.contoso.com/adfs/ls/"}, Screen(ScreenName.WAIT)),
    "AD FS's fields on the cloud's own host": ({"federated_password": True}, Screen(ScreenName.WAIT)),
    "registration": (
        {"page_id": "ConvergedProofUpRedirect", "proof_up": True},
        stop(Reason.REGISTRATION_NEEDED),
    ),
    "registration that may be asked for later": (
        {"page_id": "ConvergedActionRequired", "ask_later": True, "primary": True},
        Screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    "registration with another way to skip it": (
        {"page_id": "ConvergedProofUpRedirect", "proof_up": True, "registering": True, "skip": "words"},
        Screen(ScreenName.CAMPAIGN),
    ),
    "an unknown page that can be skipped": (
        {"page_id": "ConvergedUserConfirmation", "skip": "name", "primary": True},
        Screen(ScreenName.CAMPAIGN),
    ),
    "an unknown page that can be skipped, or be given something": (
        {"page_id": "ConvergedUserConfirmation", "skip": "name", "fields": True},
        Screen(ScreenName.UNKNOWN),
    ),
    "a known page that has a button to skip": (
        {"page_id": "ConvergedTFA", "skip": "words", "push": True},
        Screen(ScreenName.PUSH),
    ),
    "registration wizard that can be skipped": (
        {"url": "https://mysignins.microsoft.com/register?csrf_token=x", "skip": "structure", "fields": True},
        Screen(ScreenName.CAMPAIGN),
    ),
    "registration wizard, not drawn yet": (
        {"url": "https://mysignins.microsoft.com/registerMfaMethods"},
        Screen(ScreenName.WAIT),
    ),
    "registration that may wait": (
        {"page_id": "ConvergedProofUpRedirect", "proof_up": True, "skip_proof_up": True},
        Screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    "stay signed in, its checkbox hidden by branding": (
        {"kmsi_box": True, "primary": True, "back": True},
        Screen(ScreenName.KMSI),
    ),
    "a checkbox of another view": (
        {"page_id": "ConvergedTFA", "kmsi_box": True, "primary": True, "back": True},
        Screen(ScreenName.WAIT),
    ),
    "registration that may wait, with its code": (
        {"page_id": "ConvergedProofUpRedirect", "error": "50072", "proof_up": True, "skip_proof_up": True},
        Screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    "new password by its page": ({"page_id": "ConvergedChangePassword"}, stop(Reason.PASSWORD_EXPIRED)),
    "new password by its fields": ({"change_password": True, "password": True}, stop(Reason.PASSWORD_EXPIRED)),
    "consent": ({"page_id": "ConvergedConsent", "primary": True}, stop(Reason.CONSENT_NEEDED)),
    "consent by its scopes": ({"consent": True, "primary": True}, stop(Reason.CONSENT_NEEDED)),
    "policy": ({"page_id": "ConvergedConditionalAccess"}, stop(Reason.BLOCKED_BY_POLICY)),
    "policy with its code": (
        {"page_id": "ConvergedConditionalAccess", "error": "53003"},
        stop(Reason.BLOCKED_BY_POLICY, "AADSTS53003"),
    ),
    "error": ({"page_id": "ConvergedError"}, stop(Reason.SIGN_IN_ERROR)),
    "error with an exception": (
        {"page_id": "ConvergedError", "exception": "AADSTS900561"},
        stop(Reason.SIGN_IN_ERROR, "AADSTS900561"),
    ),
    "exception that has a meaning": (
        {"page_id": "ConvergedError", "exception": "AADSTS53003"},
        stop(Reason.BLOCKED_BY_POLICY, "AADSTS53003"),
    ),
    "exception over a field": ({"exception": "AADSTS50011", "email": True}, stop(Reason.SIGN_IN_ERROR, "AADSTS50011")),
    "busy over a field": ({"page_id": "ConvergedSignIn", "busy": True, "password": True}, Screen(ScreenName.WAIT)),
    "busy over a page that ends it": ({"denied": True, "busy": True}, stop(Reason.MFA_DENIED)),
    "busy over a page that goes on": ({"page_id": "ConvergedTFA", "push": True, "busy": True}, Screen(ScreenName.WAIT)),
    "not drawn yet": ({"page_id": "ConvergedSignIn"}, Screen(ScreenName.WAIT)),
    "nothing at all": ({}, Screen(ScreenName.WAIT)),
    "an unknown page": ({"page_id": "ConvergedUserConfirmation"}, Screen(ScreenName.UNKNOWN)),
    "an unknown page with its code": (
        {"page_id": "ConvergedUserConfirmation", "error": "399218"},
        Screen(ScreenName.UNKNOWN, code="AADSTS399218"),
    ),
    "an unknown page that asks for the password": (
        {"page_id": "ConvergedUserConfirmation", "password": True, "primary": True},
        Screen(ScreenName.UNKNOWN),
    ),
    "an unknown page with a list": (
        {"page_id": "ConvergedUserConfirmation", "methods": ("PhoneAppOTP",)},
        Screen(ScreenName.UNKNOWN),
    ),
    "a passkey's page with an unknown PageID": (
        {"url": "https://login.microsoft.com/contoso.com/fido/get", "page_id": "ConvergedFido"},
        Screen(ScreenName.PASSKEY),
    ),
    "a company's own provider with an unknown PageID": (
        {"url": "https://sts.contoso.com/adfs/ls/", "page_id": "x", "federated_name": True},
        Screen(ScreenName.FEDERATED),
    ),
}
"""What a sign-in page shows, and the screen as which it is recognized."""


ENDS = {
    code: reason
    for reason, codes in {
        Reason.WRONG_PASSWORD: ("50126", "50064"),
        Reason.UNKNOWN_USER: ("50034", "51004", "50020", "90072"),
        Reason.ACCOUNT_LOCKED: ("50053", "500532"),
        Reason.ACCOUNT_DISABLED: ("50057",),
        Reason.NOT_ASSIGNED: ("50105",),
        Reason.PASSWORD_EXPIRED: ("50055", "50144", "50135"),
        Reason.BLOCKED_BY_POLICY: (
            *("53000", "53001", "53002", "53003", "53004", "53009", "53011", "530001", "530002", "530003"),
            *("50005", "50097", "50129", "50131", "50155", "50187"),
        ),
        Reason.CONSENT_NEEDED: ("65001", "65004", "90094", "90095"),
        Reason.MFA_DENIED: ("500121",),
        Reason.SIGN_IN_ERROR: ("50056", "50089", "50196", "90100", "500011", "700016"),
    }.items()
    for code in codes
}
"""Codes that end a sign-in, whatever the page shows."""

GOES_ON = ["", "0", "50058", "50140", "50074", "50076", "50158", "50199", "50125", "50079", "50072"]
"""Codes with which a sign-in continues."""

"""All selectors for the parts of sign-in pages, by purpose: ids and names, in no language.

A part has several selectors where recorded pages and maintained sign-in tools give several. `probe.js` reads them as
`at.NAME`, the code that types and clicks uses them, and the camera covers the fields that contain what is typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from troubleshooter.surfaces.home_header import BY_STRUCTURE

_OF_LIST = "#idDiv_SAOTCS_Proofs"
_OTHER = ":not([data-test-cred-id], :has([data-test-cred-id]))"
METHODS = (
    f'{_OF_LIST} [data-value]{_OTHER}, div[data-value]{_OTHER}, [role="button"][data-value]{_OTHER}',
    f'{_OF_LIST} [role="button"]{_OTHER}',
    f"{_OF_LIST} button{_OTHER}, {_OF_LIST} a{_OTHER}",
    f"{_OF_LIST} > *{_OTHER}",
)
"""The ways to confirm a sign-in: the first of these with a visible element. Only the first names its method."""

AT: Mapping[str, str] = {
    # The user name and the password.
    "email": '#i0116, input[name="loginfmt"]',
    "email_error": "#usernameError",
    "email_marked": '#i0116.has-error, input[name="loginfmt"].has-error',
    "password": '#i0118, input[name="passwd"]',
    "password_error": "#passwordError",
    "password_marked": '#i0118.has-error, input[name="passwd"].has-error',
    "alert": ".alert-error",
    "error_line": '#usernameError, #passwordError, .alert-error, #idSpan_SAOTCC_Error_OTC, #errorText, [role="alert"]',
    "identity": "#displayName, #userDisplayName, #signInName",
    "primary": "#idSIButton9",
    "back": "#idBtn_Back",
    "to_password": "#idA_PWD_SwitchToPassword",
    "another_way": "#signInAnotherWay, #idDiv_SAOTCS_HavingTrouble, #idA_PWD_SwitchToCredPicker",
    # What to sign in with first; the second factors are METHODS (facts/real-pages-2026.md 7.2 and 7.3, A).
    "credentials": '[role="button"][data-test-cred-id]',
    "access_pass": 'input[name="accesspass"]',
    # Which account.
    # The row "Sign-in options" looks like a tile and is none (facts/real-pages-2026.md 7.10, B).
    "tiles": ", ".join(
        f'{tile}:not([data-test-id="signinOptions"], .promoted-fed-cred-box *)'
        for tile in (
            '.table[role="button"][data-test-id]',
            "#tilesHolder [data-test-id]",
            '[role="button"][data-test-id*="@"]',
        )
    ),
    "other_tile": '#otherTile, #otherTileText, [aria-labelledby="otherTileText"]',
    "work_tile": "#aadTile, #aadTileTitle",
    # The second factor.
    "code": '#idTxtBx_SAOTCC_OTC, input[name="otc"]',
    "code_error": "#idSpan_SAOTCC_Error_OTC",
    "code_marked": '#idTxtBx_SAOTCC_OTC.has-error, input[name="otc"].has-error',
    "send_code": "#idSubmit_SAOTCC_Continue",
    "number": "#idRichContext_DisplaySign, #idRemoteNGC_DisplaySign",
    "push": "#idDiv_SAOTCAS_Title, #idDiv_SAOTCAS_Description, #idRichContext_DisplaySign",
    "passwordless": "#idRemoteNGC_DisplaySign, #idDiv_RemoteNGC_PollingDescription, #idDiv_RemoteNGC_PageDescription",
    "phone": "#idRichContext_DisplaySign, #idRemoteNGC_DisplaySign, #idDiv_SAOTCAS_Title, "
    "#idDiv_RemoteNGC_PageDescription",
    "confirm_proof": "#idTxtBx_SAOTCS_ProofConfirmation, #idTxtBx_SAOTCS_PhoneNumber",
    "denied": "#idDiv_SAASDS_Title, #idDiv_SAASDS_Description",
    "timed_out": "#idDiv_SAASTO_Title, #idDiv_SAASTO_Description",
    # Interruptions.
    "busy": ".lightbox-cover.disable-lightbox",
    "exception": "#exceptionMessageContainer, #service_exception_message",
    "footer": "footer, #footer",
    "kmsi": '#KmsiCheckboxField, input[name="DontShowAgain"], #KmsiDescription, #kmsiTitle',
    "kmsi_box": '#KmsiCheckboxField, input[name="DontShowAgain"]',
    "proof_up": "#idSubmit_ProofUp_Redirect, #ProofUpDescription",
    "proof_up_more": "#cancelLink, #moreInfoLink, #idSIButton9",
    "proof_up_other": "#cancelLink, #moreInfoLink",
    # facts/signin-and-home.md 1.7 (A); facts/real-pages-2026.md 7.4 (A) and 7.5 (B).
    "skip_proof_up": '#skipMfaRegistrationLink, a[data-bind*="SkipMfaRegistration"]',
    "ask_later": "#btnAskLater",
    "option": 'a, button, input[type="button"], input[type="submit"], [role="button"], [role="link"]',
    "change_password": '#currentPassword, input[name="currentpasswd"], #newPassword, input[name="newpasswd"]',
    "app_confirm": "#appConfirmTitle",
    "sso_consent": 'form[name="ssoConsentForm"] button[aria-labelledby="ssoConsentTitle"]',
    # A company's own provider: AD FS, PingFederate, Okta.
    "federated_name": '#userNameInput, input[name="UserName"], input[name="pf.username"], #okta-signin-username, '
    "#username, #userInput",
    "federated_password": '#passwordInput, input[name="Password"], input[name="pf.pass"], #okta-signin-password, '
    "#password",
    "federated_next": "#nextButton",
    "federated_submit": '#submitButton, [name="pf.ok"], #okta-signin-submit',
    "federated_error": "#errorText",
    "federated_code": "#otp",
    "federated_devices": "#device-form",
    # Other pages.
    "sign_in_link": "#hero-banner-sign-in-microsoft-365-link, #hero-banner-sign-in-to-office-365-link",
    "me_control": "#O365_MainLink_Me, #O365_MainLink_MePhoto, #meInitialsButton, #mectrl_main_trigger, "
    '[data-tid="me-control-mini-avatar"], #owa-me-control-container button, ' + ", ".join(BY_STRUCTURE),
    # The account row of the Copilot app's drawer (real pages 1.2, 1.7: A).
}

TYPED = (
    *(AT[name] for name in ("email", "password", "code", "access_pass", "change_password", "confirm_proof")),
    "#confirmNewPassword",
    # Names that mean something on a provider's page only are covered by the kind of field below.
    *('#userNameInput, input[name="UserName"]', 'input[name="pf.username"]', "#okta-signin-username"),
    *('#passwordInput, input[name="Password"]', 'input[name="pf.pass"]', "#okta-signin-password"),
    AT["federated_code"],
    # Any other field that hides what is typed, or asks for a code.
    *('input[type="password"]', 'input[autocomplete="one-time-code"]'),
)
"""Fields for a user name, a password, a code or an access pass, which are covered in every screenshot."""

ANY_FIELD = (
    "input:not([type=submit], [type=button], [type=image], [type=reset], [type=checkbox], [type=radio]), textarea, "
    "[contenteditable]"
)
"""Every field in which something can be typed, because "show password" makes a password's field like any other."""

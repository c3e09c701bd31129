"""The table of the parts of sign-in pages: what each is for, the fact, its confidence, and the selectors."""

from __future__ import annotations

from collections.abc import Mapping

_OF_LIST = "#idDiv_SAOTCS_Proofs"
_OTHER = ":not([data-test-cred-id], :has([data-test-cred-id]))"
_METHODS = (
    f'{_OF_LIST} [data-value]{_OTHER}, div[data-value]{_OTHER}, [role="button"][data-value]{_OTHER}',
    f'{_OF_LIST} [role="button"]{_OTHER}',
    f"{_OF_LIST} button{_OTHER}, {_OF_LIST} a{_OTHER}",
    f"{_OF_LIST} > *{_OTHER}",
)
_NO_TILE = ':not([data-test-id="signinOptions"], .promoted-fed-cred-box *)'
_TILES = (
    f'.table[role="button"][data-test-id]{_NO_TILE}',
    f"#tilesHolder [data-test-id]{_NO_TILE}",
    f'[role="button"][data-test-id*="@"]{_NO_TILE}',
)

ROWS: Mapping[str, tuple[str, str, str, tuple[str, ...]]] = {
    # The user name and the password.
    "email": ("the field for the user name", "sign-in and home 1.2", "A", ("#i0116", 'input[name="loginfmt"]')),
    "email_error": ("the error beside the user name", "sign-in and home 1.2", "A", ("#usernameError",)),
    "email_marked": (
        "the field for the user name, marked as wrong",
        "sign-in and home 1.2",
        "A",
        ("#i0116.has-error", 'input[name="loginfmt"].has-error'),
    ),
    "password": ("the field for the password", "sign-in and home 1.3", "A", ("#i0118", 'input[name="passwd"]')),
    "password_error": ("the error beside the password", "sign-in and home 1.3", "A", ("#passwordError",)),
    "password_marked": (
        "the field for the password, marked as wrong",
        "sign-in and home 1.2",
        "A",
        ("#i0118.has-error", 'input[name="passwd"].has-error'),
    ),
    "alert": ("an error about what was entered", "sign-in and home 1.2", "A", (".alert-error",)),
    "error_line": (
        "every line that may say why sign-in was refused",
        "sign-in and home 1.2, 1.3, 1.6, 1.8",
        "A",
        (
            "#usernameError",
            "#passwordError",
            ".alert-error",
            "#idSpan_SAOTCC_Error_OTC",
            "#errorText",
            '[role="alert"]',
        ),
    ),
    "identity": (
        "the account whose password is asked for",
        "sign-in and home 1.3",
        "A",
        ("#displayName", "#userDisplayName", "#signInName"),
    ),
    "primary": ("the button that continues", "sign-in and home 1.2", "A", ("#idSIButton9",)),
    "back": (
        "the button No of “Stay signed in?”, and elsewhere the arrow back",
        "sign-in and home 1.3, 1.5",
        "A",
        ("#idBtn_Back",),
    ),
    "to_password": (
        "the link from another method to the password",
        "sign-in and home 1.3",
        "A",
        ("#idA_PWD_SwitchToPassword",),
    ),
    "another_way": (
        "the link to other ways to sign in",
        "sign-in and home 1.3, 1.6",
        "A",
        ("#signInAnotherWay", "#idDiv_SAOTCS_HavingTrouble", "#idA_PWD_SwitchToCredPicker"),
    ),
    # What to sign in with first; the second factors are `method`.
    "credentials": (
        "a way to sign in, on the page that offers several",
        "real pages 7.2, 7.3",
        "A",
        ('[role="button"][data-test-cred-id]',),
    ),
    "access_pass": (
        "the field for a temporary access pass",
        "sign-in and home 1.6",
        "B",
        ('input[name="accesspass"]',),
    ),
    # Which account. The row “Sign-in options” looks like a tile and is none (real pages 7.10, B).
    "tiles": ("an account to choose", "sign-in and home 1.2; real pages 7.10", "A", (*_TILES,)),
    "other_tile": (
        "the tile for another account",
        "sign-in and home 1.2",
        "A",
        ("#otherTile", "#otherTileText", '[aria-labelledby="otherTileText"]'),
    ),
    "work_tile": (
        "the tile for the work or school account",
        "sign-in and home 1.2",
        "A",
        ("#aadTile", "#aadTileTitle"),
    ),
    # The second factor.
    "method": (
        "a way to confirm the sign-in; only the first selector tells its method",
        "sign-in and home 1.6",
        "A",
        (*_METHODS,),
    ),
    "code": (
        "the field for a one-time code",
        "sign-in and home 1.6",
        "A",
        ("#idTxtBx_SAOTCC_OTC", 'input[name="otc"]'),
    ),
    "code_error": ("the error beside the code", "sign-in and home 1.6", "A", ("#idSpan_SAOTCC_Error_OTC",)),
    "code_marked": (
        "the field for a one-time code, marked as wrong",
        "sign-in and home 1.2, 1.6",
        "A",
        ("#idTxtBx_SAOTCC_OTC.has-error", 'input[name="otc"].has-error'),
    ),
    "send_code": ("the button that sends the code", "sign-in and home 1.6", "A", ("#idSubmit_SAOTCC_Continue",)),
    "number": (
        "the number to enter on the phone",
        "sign-in and home 1.6",
        "A",
        ("#idRichContext_DisplaySign", "#idRemoteNGC_DisplaySign"),
    ),
    "push": (
        "what shows that a request was sent to the phone",
        "sign-in and home 1.6",
        "A",
        ("#idDiv_SAOTCAS_Title", "#idDiv_SAOTCAS_Description", "#idRichContext_DisplaySign"),
    ),
    "passwordless": (
        "what shows that the phone signs in without a password",
        "sign-in and home 1.6",
        "A",
        ("#idRemoteNGC_DisplaySign", "#idDiv_RemoteNGC_PollingDescription", "#idDiv_RemoteNGC_PageDescription"),
    ),
    "phone": (
        "what the phone asks for, which the operator is shown",
        "sign-in and home 1.6",
        "A",
        (
            "#idRichContext_DisplaySign",
            "#idRemoteNGC_DisplaySign",
            "#idDiv_SAOTCAS_Title",
            "#idDiv_RemoteNGC_PageDescription",
        ),
    ),
    "confirm_proof": (
        "the field that asks for the rest of a phone number or an address",
        "sign-in and home 1.6",
        "B",
        ("#idTxtBx_SAOTCS_ProofConfirmation", "#idTxtBx_SAOTCS_PhoneNumber"),
    ),
    "denied": (
        "what shows that the request was denied",
        "sign-in and home 1.6",
        "A",
        ("#idDiv_SAASDS_Title", "#idDiv_SAASDS_Description"),
    ),
    "timed_out": (
        "what shows that nobody answered the request",
        "sign-in and home 1.6",
        "A",
        ("#idDiv_SAASTO_Title", "#idDiv_SAASTO_Description"),
    ),
    # Interruptions.
    "busy": (
        "the veil over a page that is working",
        "sign-in and home 1.1",
        "B",
        (".lightbox-cover.disable-lightbox",),
    ),
    "exception": (
        "the text of an error page",
        "sign-in and home 1.4",
        "A",
        ("#exceptionMessageContainer", "#service_exception_message"),
    ),
    "footer": ("the footer, whose numbers are no codes", "sign-in and home 1.1", "C", ("footer", "#footer")),
    "kmsi": (
        "what shows that the page asks “Stay signed in?”",
        "sign-in and home 1.5",
        "A",
        ("#KmsiCheckboxField", 'input[name="DontShowAgain"]', "#KmsiDescription", "#kmsiTitle"),
    ),
    "kmsi_box": (
        "the checkbox of “Stay signed in?”",
        "sign-in and home 1.5",
        "A",
        ("#KmsiCheckboxField", 'input[name="DontShowAgain"]'),
    ),
    "proof_up": (
        "what shows that security info has to be registered",
        "sign-in and home 1.7",
        "A",
        ("#idSubmit_ProofUp_Redirect", "#ProofUpDescription"),
    ),
    "proof_up_more": (
        "a button of the page that asks for security info",
        "sign-in and home 1.7",
        "A",
        ("#cancelLink", "#moreInfoLink", "#idSIButton9"),
    ),
    "proof_up_other": (
        "a link of the page that asks for security info",
        "sign-in and home 1.7",
        "A",
        ("#cancelLink", "#moreInfoLink"),
    ),
    "skip_proof_up": (
        "the link that puts the registration off",
        "sign-in and home 1.7",
        "A",
        ("#skipMfaRegistrationLink", 'a[data-bind*="SkipMfaRegistration"]'),
    ),
    "ask_later": ("the button that puts the registration off", "real pages 7.4, 7.5", "A", ("#btnAskLater",)),
    "option": (
        "anything that can be selected, among which a way to put the registration off is looked for",
        "real pages 7.5",
        "B",
        ("a", "button", 'input[type="button"]', 'input[type="submit"]', '[role="button"]', '[role="link"]'),
    ),
    "change_password": (
        "the fields of an expired password",
        "sign-in and home 1.7",
        "B",
        ("#currentPassword", 'input[name="currentpasswd"]', "#newPassword", 'input[name="newpasswd"]'),
    ),
    "app_confirm": ("the question whether this app is meant", "sign-in and home 1.7", "C", ("#appConfirmTitle",)),
    "sso_consent": (
        "the button of “Continue to sign in?”",
        "sign-in and home 1.7",
        "C",
        ('form[name="ssoConsentForm"] button[aria-labelledby="ssoConsentTitle"]',),
    ),
    # A company's own provider: AD FS, PingFederate, Okta.
    "federated_name": (
        "the field for the user name at a company's own provider",
        "sign-in and home 1.8",
        "A",
        (
            "#userNameInput",
            'input[name="UserName"]',
            'input[name="pf.username"]',
            "#okta-signin-username",
            "#username",
            "#userInput",
        ),
    ),
    "federated_password": (
        "the field for the password at a company's own provider",
        "sign-in and home 1.8",
        "A",
        ("#passwordInput", 'input[name="Password"]', 'input[name="pf.pass"]', "#okta-signin-password", "#password"),
    ),
    "federated_next": (
        "the button after the user name at a company's own provider",
        "sign-in and home 1.8",
        "A",
        ("#nextButton",),
    ),
    "federated_submit": (
        "the button after the password at a company's own provider",
        "sign-in and home 1.8",
        "A",
        ("#submitButton", '[name="pf.ok"]', "#okta-signin-submit"),
    ),
    "federated_error": ("the error at a company's own provider", "sign-in and home 1.8", "A", ("#errorText",)),
    "federated_code": ("the field for a code at a company's own provider", "sign-in and home 1.8", "B", ("#otp",)),
    "federated_devices": (
        "the list of devices at a company's own provider",
        "sign-in and home 1.8",
        "B",
        ("#device-form",),
    ),
    # Other pages.
    "sign_in_link": (
        "the link to sign-in on the front page",
        "sign-in and home 2.2",
        "A",
        ("#hero-banner-sign-in-microsoft-365-link", "#hero-banner-sign-in-to-office-365-link"),
    ),
}

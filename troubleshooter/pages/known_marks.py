"""What a saved page keeps whole: marks that the facts document, labels that locators go by, names of apps.

The ids, classes and attribute values are those of facts/signin-and-home.md and facts/photo-sync.md 5.1 (A to M), and of
facts/real-pages-2026.md; whatever is made of ordinary words is kept without being listed here.
"""

from __future__ import annotations

from troubleshooter.capture.page import Known
from troubleshooter.pages.launcher import OTHERS

_SUITE = """
    O365_NavHeader O365_HeaderLeftRegion O365_HeaderRightRegion O365_AppName O365_MainLink_NavMenu
    O365_MainLink_Me O365_MainLink_MePhoto O365_MainLink_Settings O365_MainLink_Help O365_MeFlexPane_ButtonID
    O365_MainLink_TenantLogo_container O365_AppTile_Sites O365_AppTile_Documents O365_AppTile_Mail
    O365_AppTile_SkypeTeams O365_AppTile_People O365_AppTile_ShellCalendar O365_AppTile_ShellWordOnline
    O365_AppTile_ShellPowerPointOnline O365_AppTile_Admin ShellSites_link ShellDocuments_link
    ShellSkypeTeams_link ShellPowerPointOnline_link meInitialsButton SuiteNavWrapper SuiteNavPlaceHolder
    appLauncherMainView appsModule appLauncherTop allAppsLink owa-me-control-container
"""
"""Sign-in and home 2.2, 2.3; real pages 2.7, 3.10."""
_ACCOUNT = """
    mectrl_main_body mectrl_dropdownbody mectrl_main_trigger mectrl_headerPicture mectrl_profilepic
    mectrl_profilepic_initials mectrl_accountDetails mectrl_accountList mectrl_viewAccount mectrl_ShellAboutMe
    mectrl_currentAccount_primary mectrl_currentAccount_secondary mectrl_currentAccount_picture
    mectrl_currentAccount_picture_profile_picture mectrl_body_signOut mectrl_signInItem profilePhoto
    me-control-mini-avatar me-control-menu-dialog me-control-displayname me-control-display-name
    me-control-avatar me-control-avatar-trigger idna-me-control-avatar-trigger waffle-open-button
    appbar-flyout-button collapse-button
"""
"""Sign-in and home 2.3; real pages 2.1 to 2.8."""
_SHAREPOINT = """
    7f718435-ee4d-431c-bdbf-9c4ff326f46e cbe7b0a9-3504-44dd-a3a3-0e5cacd07788
    914330ee-2df2-4f6e-a858-30c23a812408 spPageCanvasContent SPCanvas CanvasZone CanvasSection CanvasControl
    ControlZone contentScrollRegion spPageChromeAppDiv spSiteHeader sp-appBar CommentsWrapper spCommandBar
    spSiteFooter sp-socialbar CanvasZone-SectionContainer spAppAndPropertyPanelContainer pageHeader
    newsItemTitle personaDetails peopleName sp-comment-block-root SiteHeader AppChrome lpcCommonWeb-hoverTarget
    LivePersonaCard PersonName Department Email.Email CloseButton SecondaryActions lpc-card vpc_WebPart
"""
"""Photo sync 5.1; real pages 3.1 to 4.4."""
_SIGN_IN = """
    loginfmt passwd i0116 i0118 idSIButton9 idBtn_Back otc accesspass cantAccessAccount signup tilesHolder
    otherTile otherTileText aadTile aadTileTitle msaTile msaTileTitle loginHeader usernameError passwordError
    displayName userDisplayName signInName idA_PWD_ForgotPassword idA_PWD_SwitchToCredPicker signInAnotherWay
    idA_PWD_SwitchToPassword exceptionMessageContainer service_exception_message KmsiCheckboxField DontShowAgain
    KmsiDescription kmsiTitle moveOffScreen idDiv_SAOTCS_Title idDiv_SAOTCS_Proofs
    idTxtBx_SAOTCS_ProofConfirmation idTxtBx_SAOTCS_PhoneNumber idSubmit_SAOTCS_SendCode
    idDiv_SAOTCS_HavingTrouble idDiv_SAOTCAS_Title idDiv_SAOTCAS_Description idRichContext_DisplaySign
    idDiv_RemoteNGC_PollingDescription idDiv_RemoteNGC_PageDescription idRemoteNGC_DisplaySign
    idDiv_SAOTCC_Title idDiv_SAOTCC_Description idTxtBx_SAOTCC_OTC idSubmit_SAOTCC_Continue
    idSpan_SAOTCC_Error_OTC idChkBx_SAOTCC_TD idChkBx_SAOTCAS_TD idChkBx_SAOTCC_TileRememberMFA rememberMFA
    idDiv_SAASDS_Title idDiv_SAASDS_Description idDiv_SAASTO_Title idDiv_SAASTO_Description idA_SAASDS_Resend
    idA_SAASTO_Resend idSubmit_ProofUp_Redirect skipMfaRegistrationLink SkipMfaRegistration cancelLink
    moreInfoLink ProofUpDescription btnAskLater currentPassword currentpasswd newPassword newpasswd
    confirmNewPassword confirmnewpasswd appConfirmTitle ssoConsentForm ssoConsentTitle lightbox-cover
    disable-lightbox lightbox userNameInput UserName passwordInput Password submitButton errorText kmsiInput
    loginForm optionSelection nextButton passwordPage pf.username pf.pass pf.ok device-form deviceId
    okta-signin-username okta-signin-password okta-signin-submit otp username
    hero-banner-sign-in-microsoft-365-link hero-banner-sign-in-to-office-365-link signinOptions
    promoted-fed-cred-box ConvergedSignIn ConvergedTFA KmsiInterrupt ConvergedProofUpRedirect
    ConvergedChangePassword ConvergedConsent CmsiInterrupt ConvergedError ConvergedConditionalAccess
    PhoneAppNotification PhoneAppOTP OneWaySMS TwoWayVoiceMobile TwoWayVoiceAlternateMobile TwoWayVoiceOffice
    OneWayVoiceMobileOTP ConsolidatedTelephony CompanionAppsNotification FidoKey AccessPass PageID LocLC ReqLC
    usernameEntry passwordEntry acceptButton reskin-step-title reskin-step-next-button
    email-verify-challenge-otp-input message-bar-error #password #username has-error alert-error
"""
"""Sign-in and home 1.1 to 1.8, 2.2; real pages 7."""
_FLUENT = """
    fai-CopilotNavDrawerHeader fai-CopilotNavDrawerFooter fui-NavDrawerHeader fui-NavDrawerFooter
    fai-CopilotNavItem fai-CopilotNavSubItem fui-NavDrawer fui-Avatar fui-Avatar__initials fui-Avatar__image
    fui-Persona fui-Persona__primaryText ms-Persona ms-Persona-coin ms-Persona-imageArea ms-Persona-image
    ms-Persona-initials ms-Persona-primaryText ms-Persona-secondaryText ms-Persona-details ms-Image
    ms-Image-image ms-Link ms-Button--primary ms-TeachingBubble ms-TeachingBubble-closebutton
    TeachingPopoverSurface fui-TeachingPopoverSurface fui-DialogTitle
"""
"""Photo sync 5.1, Persona (H); real pages 1.2, 1.9."""
_LABELS = (
    # English labels that locators or cited facts go by: sign-in and home 2.3, real pages 1.7, 1.8, 4.2, 4.3, 4.5.
    *("Account manager for", "Account manager", "Work account", "Profile Card", "Opens card for"),
    *("Opens Profile Card for", "will be opened in new tab"),
    # The window in which a photo is changed: sign-in and home 2.4 (B). `upload.js` goes by them.
    *("Change your photo", "Change photo", "Upload a new photo", "Upload photo", "Upload", "Apply", "Save", "Done"),
    *("Change", "Add to profile", "Browse", "Update your profile", "Edit profile photo"),
    # What closes covers and puts a registration off: real pages 1.9, 7.4; `cover.js` and `skip.js` go by them.
    *("Dismiss", "Got it", "Close", "Tips", "Ask later", "Skip setup", "Skip for now"),
)
"""Interface words: each is Microsoft's own, so it says nothing about a tenant but that its language is English."""
KNOWN = Known(
    identifiers=frozenset(" ".join((_SUITE, _ACCOUNT, _SHAREPOINT, _SIGN_IN, _FLUENT)).split()),
    labels=_LABELS,
    apps=OTHERS,
    tagged=frozenset({"data-sp-feature-tag"}),
)

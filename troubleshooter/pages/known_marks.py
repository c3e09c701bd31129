"""Marks and labels that the facts document and that no locator goes by: a saved page keeps them whole.

The marks of the locators themselves are read from the catalogue. The ids, classes and attribute values are those of
facts/signin-and-home.md and facts/photo-sync.md 5.1 (A to M), and of facts/real-pages-2026.md; whatever is made of
ordinary words is kept without being listed here.
"""

from __future__ import annotations

_SUITE = """
    O365_NavHeader O365_HeaderLeftRegion O365_HeaderRightRegion O365_AppName O365_MainLink_Settings
    O365_MainLink_Help O365_MainLink_TenantLogo_container O365_AppTile_Mail O365_AppTile_SkypeTeams
    O365_AppTile_People O365_AppTile_ShellCalendar O365_AppTile_ShellWordOnline
    O365_AppTile_ShellPowerPointOnline O365_AppTile_Admin ShellSkypeTeams_link ShellPowerPointOnline_link
    SuiteNavWrapper SuiteNavPlaceHolder appLauncherMainView appsModule appLauncherTop
"""
"""Sign-in and home 2.2, 2.3; real pages 2.7, 3.10."""
_ACCOUNT = """
    mectrl_accountDetails mectrl_accountList mectrl_body_signOut mectrl_signInItem collapse-button
"""
"""Sign-in and home 2.3; real pages 2.1 to 2.8."""
_SHAREPOINT = """
    914330ee-2df2-4f6e-a858-30c23a812408 CanvasSection CanvasControl ControlZone spSiteHeader sp-appBar
    CommentsWrapper spCommandBar spSiteFooter sp-socialbar CanvasZone-SectionContainer
    spAppAndPropertyPanelContainer newsItemTitle personaDetails peopleName SiteHeader AppChrome PersonName
    Department Email.Email CloseButton SecondaryActions lpc-card vpc_WebPart data-sp-webpartdata
    data-sp-controldata data-sp-canvascontrol data-sp-componentid data-sp-prop-name data-sp-feature-instance-id
    data-viewport-id dataVersion serverProcessedContent searchablePlainTexts persons aadObjectId
"""
"""Photo sync 5.1, 5.2; real pages 3.1 to 4.4."""
_SIGN_IN = """
    cantAccessAccount signup msaTile msaTileTitle loginHeader idA_PWD_ForgotPassword idDiv_SAOTCS_Title
    idSubmit_SAOTCS_SendCode idDiv_SAOTCC_Title idDiv_SAOTCC_Description idChkBx_SAOTCC_TD
    idChkBx_SAOTCAS_TD idChkBx_SAOTCC_TileRememberMFA rememberMFA idA_SAASDS_Resend idA_SAASTO_Resend
    confirmnewpasswd lightbox kmsiInput loginForm optionSelection passwordPage deviceId ConvergedSignIn
    ConvergedTFA KmsiInterrupt ConvergedProofUpRedirect ConvergedChangePassword ConvergedConsent
    CmsiInterrupt ConvergedError ConvergedConditionalAccess PhoneAppNotification PhoneAppOTP OneWaySMS
    TwoWayVoiceMobile TwoWayVoiceAlternateMobile TwoWayVoiceOffice OneWayVoiceMobileOTP
    ConsolidatedTelephony CompanionAppsNotification FidoKey AccessPass PageID LocLC ReqLC usernameEntry
    passwordEntry acceptButton reskin-step-title reskin-step-next-button email-verify-challenge-otp-input
    message-bar-error #password #username
"""
"""Sign-in and home 1.1 to 1.8, 2.2; real pages 7."""
_FLUENT = """
    fai-CopilotNavItem fai-CopilotNavSubItem fui-NavDrawer fui-Avatar__image ms-Persona-image
    ms-Persona-secondaryText ms-Persona-details ms-Image ms-Image-image ms-Link ms-Button--primary
    ms-TeachingBubble ms-TeachingBubble-closebutton TeachingPopoverSurface fui-TeachingPopoverSurface
    fui-DialogTitle
"""
"""Photo sync 5.1, Persona (H); real pages 1.2, 1.9."""
LABELS = (
    # English labels that locators or cited facts go by: sign-in and home 2.3, real pages 1.7, 1.8, 4.2, 4.3, 4.5.
    *("Account manager for", "Profile Card", "Opens card for"),
    *("Opens Profile Card for", "will be opened in new tab"),
    # The window in which a photo is changed: sign-in and home 2.4 (B). `upload.js` goes by them.
    *("Change your photo", "Change photo", "Upload a new photo", "Upload photo", "Upload", "Apply", "Save", "Done"),
    *("Change", "Add to profile", "Browse", "Update your profile", "Edit profile photo"),
    # What closes covers and puts a registration off: real pages 1.9, 7.4; `cover.js` and `skip.js` go by them.
    *("Dismiss", "Got it", "Close", "Tips", "Ask later", "Skip setup", "Skip for now"),
    # The way to the apps: real pages 1.3 to 1.6; sign-in and home 2.2.
    *("Apps", "App launcher", "All apps", "More apps"),
)
"""Interface words: each is Microsoft's own, so it says nothing about a tenant but that its language is English."""
IDENTIFIERS = frozenset(" ".join((_SUITE, _ACCOUNT, _SHAREPOINT, _SIGN_IN, _FLUENT)).split())
"""All of them."""
TAGGED = frozenset({"data-sp-feature-tag"})
"""Attributes whose value is a name of Microsoft's with a text of the page in parentheses after it (photo sync 5.1)."""
PATHS = frozenset({"data-sp-prop-name"})
"""Attributes whose value is the path of a property, such as `persons[0].email` (photo sync 5.2)."""

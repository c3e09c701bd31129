// What a page shows that sign-in can act on: data only, from ids, names and $Config, in no language.
// Visible is what the browser computes, not what is present: finished views stay in the document, hidden.
() => {
  // visible.js stands here: clipped, visible, usable.
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (selector) => all(selector).some(visible);
  const ready = (selector) => all(selector).some(usable);
  const text = (selector) => {
    const e = all(selector).find(visible);
    return e ? (e.value || e.textContent || '').trim().slice(0, 300) : '';
  };
  const config = window.$Config || window.ServerData || {};
  const meta = document.querySelector('meta[name="PageID"]');
  const raw = (e) => (e ? (e.textContent || '') : '');
  const exception = raw(document.querySelector('#exceptionMessageContainer, #service_exception_message'))
    || config.strServiceExceptionMessage || '';
  const methods = all('#idDiv_SAOTCS_Proofs [data-value], div[data-value]').filter(visible);
  const listed = methods.length ? methods : all('#idDiv_SAOTCS_Proofs [role="button"]').filter(visible);
  const proofs = Array.isArray(config.arrUserProofs) ? config.arrUserProofs : [];
  const scopes = Array.isArray(config.arrScopes) ? config.arrScopes.length > 0 : false;
  return {
    // A new document is another page, even when it looks the same.
    document: performance.timeOrigin,
    page_id: (meta && meta.content) || config.pgid || '',
    error: String(config.sErrorCode || config.iErrorCode || ''),
    exception: (String(exception).match(/AADSTS\d+/) || [''])[0],
    busy: shown('.lightbox-cover.disable-lightbox'),
    email: ready('input[name="loginfmt"], #i0116'),
    email_error: text('#usernameError'),
    password: ready('#i0118, input[name="passwd"]'),
    password_error: shown('#passwordError'),
    identity: text('#displayName, #userDisplayName, #signInName'),
    tiles: all('.table[role="button"][data-test-id], #tilesHolder [data-test-id]')
      .filter(visible).map((e) => (e.getAttribute('data-test-id') || '').toLowerCase()),
    other_tile: shown('#otherTile, #otherTileText, [aria-labelledby="otherTileText"]'),
    work_tile: shown('#aadTile, #aadTileTitle'),
    kmsi: shown('#KmsiCheckboxField, input[name="DontShowAgain"], #KmsiDescription, #kmsiTitle'),
    primary: ready('#idSIButton9'),
    back: ready('#idBtn_Back'),
    methods: listed.map((e) => e.getAttribute('data-value') || ''),
    proofs: proofs.map((p) => String((p && p.authMethodId) || '')),
    default_proof: String((proofs.find((p) => p && p.isDefault) || {}).authMethodId || ''),
    confirm_proof: ready('#idTxtBx_SAOTCS_ProofConfirmation, #idTxtBx_SAOTCS_PhoneNumber'),
    number: text('#idRichContext_DisplaySign, #idRemoteNGC_DisplaySign'),
    push: shown('#idDiv_SAOTCAS_Title, #idDiv_SAOTCAS_Description, #idRichContext_DisplaySign'),
    passwordless: shown('#idRemoteNGC_DisplaySign, #idDiv_RemoteNGC_PollingDescription, '
      + '#idDiv_RemoteNGC_PageDescription'),
    code: ready('#idTxtBx_SAOTCC_OTC, input[name="otc"]'),
    code_error: shown('#idSpan_SAOTCC_Error_OTC'),
    another_way: shown('#signInAnotherWay, #idDiv_SAOTCS_HavingTrouble, #idA_PWD_SwitchToCredPicker'),
    to_password: shown('#idA_PWD_SwitchToPassword'),
    access_pass: ready('input[name="accesspass"]'),
    denied: shown('#idDiv_SAASDS_Title, #idDiv_SAASDS_Description'),
    timed_out: shown('#idDiv_SAASTO_Title, #idDiv_SAASTO_Description'),
    proof_up: shown('#idSubmit_ProofUp_Redirect'),
    skip_proof_up: shown('#skipMfaRegistrationLink') && Number(config.iRemainingDaysToSkipMfaRegistration ?? 1) !== 0,
    change_password: shown('#currentPassword, input[name="currentpasswd"], #newPassword, input[name="newpasswd"]'),
    consent: scopes,
    app_confirm: shown('#appConfirmTitle'),
    sso_consent: shown('form[name="ssoConsentForm"] button[aria-labelledby="ssoConsentTitle"]'),
    federated_name: ready('#userNameInput, input[name="UserName"], input[name="pf.username"], #okta-signin-username, '
      + '#username, #userInput'),
    federated_password: ready('#passwordInput, input[name="Password"], input[name="pf.pass"], #okta-signin-password, '
      + '#password'),
    federated_error: text('#errorText'),
    federated_code: ready('#otp') || shown('#device-form'),
    sign_in_link: shown('#hero-banner-sign-in-microsoft-365-link, #hero-banner-sign-in-to-office-365-link'),
    me_control: shown('#O365_MainLink_Me, #O365_MainLink_MePhoto, #meInitialsButton, #mectrl_main_trigger, '
      + '[data-tid="me-control-mini-avatar"], #owa-me-control-container button'),
    frames: all('iframe').filter((e) => visible(e) && e.getBoundingClientRect().width > 100
      && e.getBoundingClientRect().height > 60).length,
  };
}

// What a page shows that sign-in can act on: data only, from ids, names and $Config, in no language.
// Visible is what the browser computes, not what is present: finished views stay in the document, hidden.
() => {
  const visible = (e) => {
    if (!e || !e.isConnected || e.closest('.moveOffScreen, [aria-hidden="true"], [inert]')) return false;
    if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + window.scrollY > 0;
  };
  const usable = (e) => visible(e) && !e.disabled && !e.readOnly;
  const shown = (selector) => [...document.querySelectorAll(selector)].some(visible);
  const ready = (selector) => [...document.querySelectorAll(selector)].some(usable);
  const text = (selector) => {
    const e = [...document.querySelectorAll(selector)].find(visible);
    return e ? (e.value || e.textContent || '').trim().slice(0, 300) : '';
  };
  const config = window.$Config || window.ServerData || {};
  const meta = document.querySelector('meta[name="PageID"]');
  const raw = (e) => (e ? (e.textContent || '') : '');
  const exception = raw(document.querySelector('#exceptionMessageContainer, #service_exception_message'))
    || config.strServiceExceptionMessage || '';
  return {
    page_id: (meta && meta.content) || config.pgid || '',
    error: String(config.sErrorCode || config.iErrorCode || ''),
    exception: (String(exception).match(/AADSTS\d+/) || [''])[0],
    busy: shown('.lightbox-cover.disable-lightbox'),
    email: ready('input[name="loginfmt"], #i0116'),
    email_error: text('#usernameError'),
    password: ready('#i0118, input[name="passwd"]'),
    password_error: shown('#passwordError'),
    identity: text('#displayName, #userDisplayName, #signInName'),
    tiles: [...document.querySelectorAll('.table[role="button"][data-test-id], #tilesHolder [data-test-id]')]
      .filter(visible).map((e) => (e.getAttribute('data-test-id') || '').toLowerCase()),
    other_tile: shown('#otherTile, [aria-labelledby="otherTileText"]'),
    work_tile: shown('#aadTile, #aadTileTitle'),
    kmsi: shown('#KmsiCheckboxField, input[name="DontShowAgain"], #KmsiDescription, #kmsiTitle'),
    primary: ready('#idSIButton9'),
    back: ready('#idBtn_Back'),
    mfa: shown('#idDiv_SAOTCS_Title, #idDiv_SAOTCS_Proofs, #idDiv_SAOTCAS_Title, #idRichContext_DisplaySign, '
      + '#idDiv_SAOTCC_Title, #idTxtBx_SAOTCC_OTC, input[name="otc"], #idRemoteNGC_DisplaySign, '
      + '#idDiv_RemoteNGC_PollingDescription, #idDiv_RemoteNGC_PageDescription'),
    denied: shown('#idDiv_SAASDS_Title, #idDiv_SAASDS_Description'),
    timed_out: shown('#idDiv_SAASTO_Title, #idDiv_SAASTO_Description'),
    proof_up: shown('#idSubmit_ProofUp_Redirect'),
    skip_proof_up: shown('#skipMfaRegistrationLink'),
    change_password: shown('#currentPassword, input[name="currentpasswd"], #newPassword, input[name="newpasswd"]'),
    app_confirm: shown('#appConfirmTitle'),
    sign_in_link: shown('#hero-banner-sign-in-microsoft-365-link, #hero-banner-sign-in-to-office-365-link'),
    me_control: shown('#O365_MainLink_Me, #O365_MainLink_MePhoto, #meInitialsButton, #mectrl_main_trigger, '
      + '[data-tid="me-control-mini-avatar"], #owa-me-control-container button'),
  };
}

// Returns what a page shows that sign-in can act on: data only, from ids, names and $Config, in no language.
// Visible is what the browser computes, not what is present: finished views stay in the document, hidden.
() => {
  // visible.js is inserted here: clipped, visible, usable.
  // selectors.py is inserted here: at, ways, typing.
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (selector) => all(selector).some(visible);
  const shadows = (root) => [...root.querySelectorAll('*')].map((e) => e.shadowRoot).filter(Boolean);
  // A page that a web component draws keeps its parts in open shadow roots.
  // A tour on the first visit takes what lies below it out of the accessibility tree, but leaves it on the page.
  const shownIn = (root, selector) => [...root.querySelectorAll(selector)].some(inSight)
    || shadows(root).some((inner) => shownIn(inner, selector));
  const ready = (selector) => all(selector).some(usable);
  const words = (e) => (e ? (e.value || e.textContent || '').trim().slice(0, 300) : '');
  const text = (selector) => words(all(selector).find(visible));
  // config.js and skip.js are inserted here: config, page, registering, small, options.
  const code = [config.sErrorCode, config.iErrorCode]
    .map((value) => (String(value ?? '').match(/\d+/) || [''])[0]).find((value) => Number(value)) || '';
  // Codes are digits in every language; some write them with digits of their own, or with marks of direction around.
  const plain = (value) => String(value || '').normalize('NFKC')
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (c) => String(c.charCodeAt(0) & 15));
  const marked = (value) => (plain(value).match(/AADSTS\s?\d{4,7}/i) || [''])[0].toUpperCase().replace(/\s/, '');
  const numbers = (texts, labelled) => texts.flatMap((value) => [...plain(value).matchAll(/\d+/g)].filter((found) => {
    const before = plain(value).slice(0, found.index), after = plain(value).slice(found.index + found[0].length);
    return /^\d{5,7}$/.test(found[0]) && !/[\p{L}\d_.,/+-]$/u.test(before) && !/^(?:[\p{L}_/-]|[.,]\d)/u.test(after)
      && (!labelled || /(?:[:(\[#]|[\n\t])\s*$/.test(before));
  }).map((found) => found[0])).slice(0, 9);
  const lines = all(at.error_line).filter(visible).map((e) => e.textContent);
  // A page without known ids may report a refusal in any line of that kind; one with a button is about something else.
  const errors = [at.email_error, at.password_error, at.alert, at.code_error, at.federated_error].join(', ');
  const alerts = all(at.error_line).filter((e) => e.getAttribute('role') === 'alert' && visible(e) && !e.matches(errors)
    && !e.closest(errors) && !e.querySelector(`${errors}, button, [role="button"], input`));
  const fields = all(typing).some(usable);
  // A page that only reports an error says it in its text, whatever its parts are called; a footer is about other things.
  const shownText = () => {
    if (!document.body || !document.body.checkVisibility()) return ''; // its innerText is then all its text, scripts included
    const parts = all(at.footer).filter(visible).map((e) => e.innerText || '').filter(Boolean);
    return parts.reduce((rest, part) => rest.replace(part, ''), (document.body?.innerText || '').slice(0, 6000));
  };
  const home = shownIn(document, at.me_control);
  const about = small && !fields && !home ? shownText() : '';
  // A name page can hold a password box that counts as visible, and the other way round: it is faint, lies under
  // something, or is left out of the order of the fields. Where both are plain to see, the page may want both.
  const faint = (e) => {
    let opacity = 1;
    for (let at = e; at instanceof Element; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    return opacity < 0.3;
  };
  const covered = (e) => {
    const box = e.getBoundingClientRect();
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return Boolean(hit) && hit !== e && (hit.closest('label') || {}).control !== e;
  };
  const plainly = (e) => e.tabIndex >= 0 && !faint(e) && !covered(e);
  const names = all(at.email).filter(usable), passwords = all(at.password).filter(usable);
  const meant = (found, others) => found.length > 0 && (!others.length || found.some(plainly) || !others.some(plainly));
  const messages = all(at.exception);
  // The exception page itself may stay hidden; elsewhere such a node is a leftover unless it is visible.
  const exception = messages.filter((e) => page === 'ConvergedError' || visible(e)).map((e) => e.textContent || '')
    .concat(String(config.strServiceExceptionMessage || ''), String(config.sErrTxt || ''), lines, about)
    .map(marked).find(Boolean) || '';
  const offered = ways.map((way) => all(way).filter(visible)).find((found) => found.length) || [];
  const proofs = Array.isArray(config.arrUserProofs) ? config.arrUserProofs : [];
  const drawn = page === 'ConvergedProofUpRedirect' && shown(`${at.skip_proof_up}, ${at.proof_up_more}`);
  return {
    // A new document is another page, even when it looks the same.
    document: performance.timeOrigin,
    status: (performance.getEntriesByType('navigation')[0] || {}).responseStatus || 0,
    page_id: page,
    error: code,
    exception,
    numbers: numbers(lines), labelled: numbers(lines, true), page_numbers: numbers([about], true), fields,
    busy: shown(at.busy),
    email: meant(names, passwords),
    email_empty: names.some((e) => e.value === ''),
    email_error: text(at.email_error) || words(all(at.alert).find((e) => visible(e) && !e.matches(at.password_error)))
      || (shown(at.email_marked) ? '!' : ''),
    password: meant(passwords, names),
    alerts: alerts.map((e) => e.innerText.replace(/\p{N}+/gu, '').trim().slice(0, 300)).filter(Boolean),
    password_error: shown(at.password_error) || shown(at.alert) || shown(at.password_marked),
    identity: text(at.identity),
    tiles: all(at.tiles).filter(visible).map((e) => (e.getAttribute('data-test-id') || '').trim().toLowerCase()),
    other_tile: shown(at.other_tile),
    work_tile: shown(at.work_tile),
    kmsi: shown(at.kmsi),
    kmsi_box: all(at.kmsi_box).length > 0,
    primary: ready(at.primary),
    back: ready(at.back),
    methods: offered.map((e) => e.getAttribute('data-value') || ''),
    proofs: proofs.map((p) => String((p && p.authMethodId) || '')),
    default_proof: String((proofs.find((p) => p && p.isDefault) || {}).authMethodId || ''),
    confirm_proof: ready(at.confirm_proof),
    // It is printed at the terminal: only digits, and nothing else that a page may put there.
    number: (text(at.number).match(/\d{1,4}/) || [''])[0],
    push: shown(at.push),
    passwordless: shown(at.passwordless),
    code: ready(at.code),
    code_error: shown(at.code_error) || (ready(at.code) && shown(`${at.alert}, ${at.code_marked}`)),
    another_way: shown(at.another_way),
    to_password: shown(at.to_password),
    access_pass: ready(at.access_pass),
    credentials: all(at.credentials).filter(visible).map((e) => e.getAttribute('data-test-cred-id').trim()),
    passkey: Boolean(config.sFidoChallenge),
    denied: shown(at.denied),
    timed_out: shown(at.timed_out),
    proof_up: shown(at.proof_up) || drawn,
    ask_later: ready(at.ask_later),
    skip: skipping().how,
    options,
    registering,
    skip_proof_up: shown(at.skip_proof_up) && Number(config.iRemainingDaysToSkipMfaRegistration ?? 1) !== 0,
    change_password: shown(at.change_password),
    consent: Array.isArray(config.arrScopes) && config.arrScopes.length > 0,
    app_confirm: shown(at.app_confirm),
    sso_consent: shown(at.sso_consent),
    federated_name: ready(at.federated_name),
    federated_password: ready(at.federated_password),
    federated_error: text(at.federated_error),
    federated_code: ready(at.federated_code) || shown(at.federated_devices),
    sign_in_link: shown(at.sign_in_link),
    me_control: home,
    frames: all('iframe, frame').filter(roomy).length,
  };
}

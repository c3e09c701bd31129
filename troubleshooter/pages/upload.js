// Reads how a window in which a photo can be changed is built: by roles, kinds of input and places; by words only where
// these leave a choice, and then by the labels that sources give (facts on changing the photo), which are English; else by
// what has come since `remember` was said: before the photo is put in, and before each click that follows.
({ wholePage, remember }) => {
  const every = [];
  const walk = (root) => {
    for (const one of root.querySelectorAll('*')) {
      every.push(one);
      if (one.shadowRoot) walk(one.shadowRoot);
    }
  };
  walk(document);
  const above = (one) => one.parentElement || (one.getRootNode() instanceof ShadowRoot ? one.getRootNode().host : null);
  const within = (outer, one) => { for (let n = one; n; n = above(n)) if (n === outer) return true; return false; };
  const shown = (one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(one).visibility !== 'hidden';
  };
  const live = (one) => !one.matches(':disabled') && one.getAttribute('aria-disabled') !== 'true';
  const named = (one) => [one.id, one.getAttribute('class'), one.getAttribute('data-testid'),
    one.getAttribute('data-automation-id'), one.getAttribute('name')].join(' ');

  // The account panel and the launcher are dialogs as well, and not what opens when the photo is to be changed.
  const known = '#mectrl_main_body, .mectrl_dropdownbody, #appLauncherMainView';
  let dialogs = every.filter((one) => one.matches('[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true]')
    && shown(one) && !one.matches(known) && !one.querySelector(known));
  dialogs = dialogs.filter((one) => !dialogs.some((other) => other !== one && within(one, other)));
  const modal = dialogs.filter((one) => one.getAttribute('aria-modal') === 'true' || one.matches('dialog:modal'));
  if (modal.length === 1) dialogs = modal;
  const scope = dialogs[0] || (wholePage ? document.querySelector('main, [role=main]') || document.body : null);
  const answer = { dialogs: dialogs.length, scope, inputs: [], change: [], confirm: [], alerts: '' };
  if (!scope) return answer;

  const takesPhotos = (one) => /^\s*$|image|\.(jpe?g|png|bmp|gif)|\*\/\*/i.test(one.accept || '');
  const files = every.filter((one) => one.matches('input[type=file]') && live(one) && takesPhotos(one));
  const inner = files.filter((one) => within(scope, one));
  answer.inputs = inner.length ? inner : (dialogs.length ? files : []);

  const leaves = (one) => /close|cancel|dismiss|delete|remove|back/i.test(named(one)) || one.type === 'reset'
    || one.getAttribute('formmethod') === 'dialog' || /^[✕×✖xX]?$/.test(one.textContent.trim()) && !one.querySelector('*');
  const all = every.filter((one) => one.matches('button, [role=button], input[type=submit], input[type=button]')
    && within(scope, one) && shown(one) && !leaves(one)
    && !one.closest('nav, header, [role=banner], [role=navigation], .account-bar, ' + known));

  const buttons = all.filter(live);
  // A file input behind buttons of which none works is not offered either.
  if (all.length && !buttons.length) answer.inputs = [];

  const photos = every.filter((one) => {
    if (!within(scope, one) || !shown(one)) return false;
    const box = one.getBoundingClientRect();
    const square = Math.abs(box.width - box.height) <= 0.15 * box.width && box.width >= 40 && box.width <= 480;
    return square && (one.matches('img, canvas, [role=img], #profilePhoto')
      || getComputedStyle(one).backgroundImage.includes('url('));
  });
  const beside = new Set();
  for (const photo of photos) {
    for (let around = photo, steps = 0; around && within(scope, around) && steps < 4; around = above(around), steps++) {
      const there = buttons.filter((one) => within(around, one));
      if (there.length) { there.forEach((one) => beside.add(one)); break; }
    }
  }
  const filled = (one) => {
    const part = (getComputedStyle(one).backgroundColor.match(/[\d.]+/g) || []).map(Number);
    return part.length >= 3 && (part.length < 4 || part[3] > 0.5)
      && Math.max(...part.slice(0, 3)) - Math.min(...part.slice(0, 3)) > 40;
  };
  const ways = [
    buttons.filter((one) => /primary|accent/i.test(named(one))),
    buttons.filter((one) => one.getAttribute('type') === 'submit'),
    buttons.filter(filled),
  ];
  const label = (one) => (one.getAttribute('aria-label') || one.value || one.innerText || '').trim().toLowerCase();
  const labelled = (...words) => words.map((word) => buttons.filter((one) => label(one) === word))
    .find((list) => list.length) || [];
  const first = (lists) => lists.find((list) => list.length === 1) || lists.find((list) => list.length) || [];
  answer.change = first([[...beside], ...ways,
    labelled('change your photo', 'upload a new photo', 'upload', 'change', 'browse', 'update your profile'), buttons]);
  const memory = Symbol.for('troubleshooter.buttons');
  const come = document[memory] ? buttons.filter((one) => !document[memory].has(one)) : [];
  if (remember) document[memory] = new WeakSet(buttons);
  answer.confirm = first([...ways, labelled('apply', 'add to profile', 'save', 'done', 'upload'), come, buttons]);
  answer.alerts = every.filter((one) => one.matches('[role=alert], [aria-live=assertive]') && shown(one)
    && within(scope, one)).map((one) => one.innerText.trim()).filter(Boolean).join(' ').slice(0, 200);
  return answer;
}

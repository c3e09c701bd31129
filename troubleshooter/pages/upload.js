// Returns how a window in which a photo can be changed is built: by roles, kinds of input and positions; if these leave a
// choice, by the labels that sources give (facts on changing the photo), English and Romanian; else by what appeared since
// `remember` was set: before the photo is put in, and before each click that follows.
// given.repairs: selectors of the window, the file input and the two kinds of buttons; empty where there is no repair.
const { wholePage, remember: begins, repairs } = given;
// Unlike `shown`: what is still fading in, or lies under an inert page, is part of the window, too.
const drawn = (element) => {
  const { width, height } = box(element);
  return width > 0 && height > 0 && getComputedStyle(element).visibility !== 'hidden';
};
const live = (element) => !element.matches(':disabled') && element.getAttribute('aria-disabled') !== 'true';
const named = (element) => [element.id, element.getAttribute('class'), element.getAttribute('data-testid'),
  element.getAttribute('data-automation-id'), element.getAttribute('data-automationid'), element.getAttribute('name')].join(' ');

// The account panel and the launcher are dialogs, too, and not what opens when the photo is to be changed.
const known = '#mectrl_main_body, .mectrl_dropdownbody, #appLauncherMainView, [data-tid="me-control-menu-dialog"], '
  + '[data-troubleshooter="account-panel"]';
const teaching = '[class*=TeachingPopover], [class*=TeachingBubble]';
let dialogs = every.filter((element) => element.matches('[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true]')
  && drawn(element) && !element.matches(known) && !element.closest(known) && !element.querySelector(known)
  && !element.closest(teaching));
dialogs = dialogs.filter((element) => !dialogs.some((other) => other !== element && within(element, other)));
// A tip beside the window is a dialog, too, but takes no file and crops no picture.
const ofPhotos = dialogs.filter((element) => every.some((one) => within(element, one)
  && one.matches('input[type=file], canvas, #profilePhoto')));
if (ofPhotos.length) dialogs = ofPhotos;
const modal = dialogs.filter((element) => element.getAttribute('aria-modal') === 'true' || element.matches('dialog:modal'));
if (modal.length === 1) dialogs = modal;
const repaired = (selector, list) => (selector ? list.filter((element) => element.matches(selector)) : []);
const windows = repaired(repairs.window, every.filter(drawn));
if (windows.length) dialogs = windows;
const scope = dialogs[0] || (wholePage ? document.querySelector('main, [role=main]') || document.body : null);
const answer = { dialogs: dialogs.length, scope, inputs: [], ofPhotos: false, change: [], confirm: [], alerts: '', buttons: 0 };
if (!scope) return answer;

const takesPhotos = (element) => /^\s*$|image|\.(jpe?g|png|bmp|gif)|\*\/\*/i.test(element.accept || '');
const files = every.filter((element) => element.matches('input[type=file]') && live(element) && takesPhotos(element));
const inner = files.filter((element) => within(scope, element));
answer.inputs = inner.length ? inner : (dialogs.length ? files : []);
answer.ofPhotos = answer.inputs.every((element) => element.accept.trim());

const repairedInputs = repaired(repairs.file, every.filter(live));
if (repairedInputs.length) Object.assign(answer, { inputs: repairedInputs, ofPhotos: true });

const leaves = (element) => /close|cancel|dismiss|delete|remove|back/i.test(named(element)) || element.type === 'reset'
  || element.getAttribute('formmethod') === 'dialog' || /^[✕×✖xX]?$/.test(element.textContent.trim()) && !element.querySelector('*');
const all = every.filter((element) => element.matches('button, [role=button], input[type=submit], input[type=button]')
  && within(scope, element) && drawn(element) && !leaves(element)
  && !element.closest('nav, header, [role=banner], [role=navigation], .account-bar, ' + known));

const buttons = all.filter(live);
answer.buttons = buttons.length;
// A file input behind buttons that are all disabled is not offered either.
if (all.length && !buttons.length) answer.inputs = [];

const photos = every.filter((element) => {
  if (!within(scope, element) || !drawn(element)) return false;
  const { width, height } = box(element);
  const square = Math.abs(width - height) <= 0.15 * width && width >= 40 && width <= 480;
  return square && (element.matches('img, canvas, [role=img], #profilePhoto')
    || getComputedStyle(element).backgroundImage.includes('url('));
});
const nearby = new Set();
for (const photo of photos) {
  for (let around = photo, steps = 0; around && within(scope, around) && steps < 4; around = above(around), steps++) {
    const there = buttons.filter((element) => within(around, element));
    if (there.length) { there.forEach((element) => nearby.add(element)); break; }
  }
}
const filled = (element) => {
  const part = (getComputedStyle(element).backgroundColor.match(/[\d.]+/g) || []).map(Number);
  return part.length >= 3 && (part.length < 4 || part[3] > 0.5)
    && Math.max(...part.slice(0, 3)) - Math.min(...part.slice(0, 3)) > 40;
};
const ways = [
  buttons.filter((element) => /primary|accent/i.test(named(element))),
  buttons.filter((element) => element.getAttribute('type') === 'submit'),
  buttons.filter(filled),
];
const said = (element) => (element.getAttribute('aria-label') || element.value || element.innerText || '').trim().toLowerCase();
const labelled = (...words) => words.map((word) => buttons.filter((element) => said(element) === word))
  .find((list) => list.length) || [];
const first = (lists) => lists.find((list) => list.length === 1) || lists.find((list) => list.length) || [];
const CHANGE = ['change your photo', 'upload a new photo', 'upload', 'change', 'browse', 'update your profile',
  'schimbați fotografia', 'upload o fotografie nouă'];
// The only button of a window that has nothing to do with photos may do anything.
answer.change = first([[...nearby], ...ways, labelled(...CHANGE), photos.length || answer.inputs.length ? buttons : []]);
const before = Symbol.for('troubleshooter.buttons');
const come = document[before] ? buttons.filter((element) => !document[before].has(element)) : [];
if (begins) document[before] = new WeakSet(buttons);
// What was there before the photo was chosen, and is neither marked nor called so, may as well remove the photo.
answer.confirm = first([...ways, labelled('apply', 'add to profile', 'save', 'done', 'upload', 'se aplică'), come,
  buttons.length > 1 ? buttons : []]);
const inScope = every.filter((element) => within(scope, element) && drawn(element) && live(element));
for (const kind of ['change', 'confirm']) {
  const own = repaired(repairs[kind], inScope);
  if (own.length) answer[kind] = own;
}
answer.alerts = every.filter((element) => element.matches('[role=alert], [aria-live=assertive]') && drawn(element)
  && within(scope, element)).map((element) => element.innerText.trim()).filter(Boolean).join(' ').slice(0, 200);
return answer;

// Returns what the account panel says: addresses, the link to the account page, the picture beside the address; null
// until something opened. The panel is what is marked as one, or what has come with the click on the account button.
// given: `known`, selectors of panels; `repaired`, those of them that a user gave; `button`, of the account button; `account`, of the link to the
// account page; `coin`, the object id in the address of the account button's picture, or ''; `filled`, whether to wait until it says who is signed in;
// `pictures`, selectors that a user gave for the picture: waits until one of them finds it.
const ADDRESS = /^[^\s@<>()"',;:]+@[^\s@<>()"',;:]+\.[^\s@<>()"',;:.]{2,}$/u;
// What a user's selector matches is a panel if it has come with the click, and does not contain the account button.
const byUser = (n) => given.repaired.find((selector) => n.matches(selector)) || null;
const buttons = given.repaired.length ? every.filter((n) => n.matches(given.button)) : [];
const isPanel = (n) => !byUser(n) || (fresh(n) && !buttons.some((button) => within(n, button)));
const windowOf = (n) => { for (let m = n.closest(given.known); m; m = m.parentElement && m.parentElement.closest(given.known)) if (isPanel(m)) return m; return null; };
let inside = every.filter((n) => shown(n) && (given.known ? above(n) && windowOf(n) : false));
const isKnown = inside.length > 0;
if (!isKnown) inside = document[memory] ? every.filter((n) => shown(n) && fresh(n)) : [];
const leaves = inside.filter((n) => !n.children.length && ADDRESS.test(n.textContent.trim())
  || ADDRESS.test((n.getAttribute('title') || '').trim()));
const text = (n) => (ADDRESS.test(n.textContent.trim()) ? n.textContent : n.getAttribute('title')).trim().toLowerCase();
const addresses = [...new Set(leaves.map(text))];
const link = inside.filter((n) => n.matches(given.account)).map((n) => n.href || '')[0] || '';
const hint = /[?&#](?:login_hint|username)=([^&#]+)/i.exec(link);
const hinted = hint ? decodeURIComponent(hint[1].replace(/\+/g, '%2B')).trim().toLowerCase() : '';
const opened = inside.some((n) => n.matches('[role=dialog], [role=menu], [popover], dialog'));
if (!addresses.length && !hinted && (given.filled || !opened && !link && !isKnown)) return null;

const objectId = (n) => {
  const drawn = [n, ...n.querySelectorAll('*')].flatMap((m) => [m.currentSrc || m.src || '', getComputedStyle(m).backgroundImage]);
  const found = /(?:\/users\/|aadobjectid=)([0-9a-f]{8}-[0-9a-f-]{27})/i.exec(decodeURI(drawn.join(' ').replace(/%(?![0-9a-f]{2})/gi, '%25')));
  return found ? found[1].toLowerCase() : '';
};
const square = (n) => { const { width, height } = box(n); return width >= 20 && width <= 200 && Math.abs(width - height) <= 0.15 * width; };
const drawn = (n) => n.matches('img, canvas, [class*=Avatar], [class*=Persona-coin]') || getComputedStyle(n).backgroundImage.includes('url(');
let coins = inside.filter((n) => square(n) && drawn(n));
coins = coins.filter((n) => !coins.some((other) => other !== n && within(other, n)));
// A coin is somebody else's if its address names another account, or if another address stands beside it.
const own = new Set([...addresses.slice(0, 1), hinted].filter(Boolean));
const WITHIN = /[^\s@<>()"',;:]+@[^\s@<>()"',;:]+\.[^\s@<>()"',;:]{2,}/gu;
const beside = (coin) => {
  for (let n = above(coin); n && inside.includes(n); n = above(n)) {
    const said = [];
    for (const walk = document.createTreeWalker(n, NodeFilter.SHOW_TEXT); walk.nextNode();) {
      said.push(...(walk.currentNode.data.toLowerCase().match(WITHIN) || []));
    }
    if (said.length) return said;
  }
  return [];
};
const another = (coin) => {
  const id = objectId(coin), said = beside(coin);
  return Boolean(given.coin && id && id !== given.coin) || Boolean(own.size && said.length && !said.some((one) => own.has(one)));
};
coins = coins.filter((coin) => !another(coin));
let picture = coins.length === 1 ? coins[0] : null;
const same = coins.filter((n) => given.coin && objectId(n) === given.coin);
if (!picture && same.length === 1) picture = same[0];
for (let n = addresses.length === 1 ? leaves[0] : null; n && !picture && inside.includes(n); n = above(n)) {
  const near = coins.filter((coin) => within(n, coin));
  if (near.length) { picture = near.length === 1 ? near[0] : null; break; }
}
// The window itself, not what a page keeps all its windows in: the next one may open there, too.
const DIALOG = '[role=dialog], [role=menu], [popover], dialog';
let panel = leaves[0] || picture || inside.find((n) => n.matches(DIALOG)) || (isKnown ? inside[0] : null);
while (panel && inside.includes(above(panel)) && !panel.matches(DIALOG)) panel = above(panel);
mark(panel, 'account-panel');
mark(picture, 'panel-picture');
// What a user's selector finds is the picture if it is in the panel, the only match there, and not known to be another account's.
let repair = null;
for (const selector of given.pictures) {
  const found = inside.filter((n) => n.matches(selector) && within(panel, n) && !another(n));
  const outermost = found.filter((n) => !found.some((other) => other !== n && within(other, n)));
  if (outermost.length === 1) { mark(outermost[0], 'repaired-picture'); repair = selector; break; }
}
if (given.pictures.length && !repair) return null;
return { addresses, link, hinted, known: isKnown, picture: Boolean(picture), coin: picture ? objectId(picture) : '',
  window: isKnown && windowOf(inside[0]) ? byUser(windowOf(inside[0])) : null, repair };

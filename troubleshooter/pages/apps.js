// Finds an app's entry among those that the page shows, and marks it. given: `name` of the app, the same in every
// language; `ids` and `hrefs`, selectors and patterns of its known entries; `others`, names of further apps; `opened`,
// whether only what has come with the last click counts; `any`, whether to answer also when other apps are there alone;
// `host`, the tenant's own host of the app: another tenant's entry may stand beside it.
// Returns by what it was found (`id`, `address`, `name`), and how many other apps are there; null if there is nothing.
const scope = every.filter((n) => shown(n) && (!given.opened || fresh(n)));
const found = (n, how, said) => { mark(n, 'app'); return { how, said, others: 0, alone: true }; };
for (const selector of given.ids) {
  // Outside of the window, where a closed launcher may wait, none counts before the click either.
  const hit = every.find((n) => n.matches(selector) && shown(n));
  if (hit) return found(hit, 'id', selector);
}
const links = scope.filter((n) => n.matches('a[href]'));
for (const pattern of given.hrefs) {
  const hits = links.filter((n) => new RegExp(pattern, 'i').test(n.href));
  const hit = hits.find((n) => n.host === given.host) || hits[0];
  if (hit) return found(hit, 'address', hit.href.split('?')[0]);
}

const pressed = scope.filter((n) => n.matches(PRESSED) && box(n).width < 700);
const known = [given.name, ...given.others];
// Labels are sentences around the product's name: the same sentence stands around the names of other apps.
const labels = new Set(pressed.map(label).filter(Boolean));
const sentence = (text, name, other) => text.replace(name, () => other);
const alike = (text, name) => known.filter((other) => other !== name && labels.has(sentence(text, name, other))).length;
// What it says beside its icon, which may be a letter.
const only = (n) => {
  const texts = [];
  for (const walker = document.createTreeWalker(n, NodeFilter.SHOW_TEXT); walker.nextNode();) {
    const said = walker.currentNode.data.replace(/\s+/g, ' ').trim();
    if (said.length > 2 && !walker.currentNode.parentElement.closest('[aria-hidden=true]')) texts.push(said);
  }
  return texts.join(' ');
};
const isNamed = (n, name) => words(n).includes(name) || label(n) === name || only(n) === name;
const isApp = (n, name) => {
  const text = label(n);
  if (words(n).length > 6) return 0;
  const exact = isNamed(n, name);
  const around = text.includes(name) && text !== name ? alike(text, name) : null;
  if (exact) return around === 0 ? 1 : 2;
  return !only(n) && around ? 1 : 0;
};
const linkOf = (n) => (n.matches('a[href]') ? n : n.querySelector('a[href]') || n.closest('a[href]'));
const elsewhere = (n) => {
  const link = linkOf(n);
  return Boolean(link) && /\/(sites|teams|personal|chat|conversation|search)(\/|$|\?)|\/:\w:\/|\.(docx?|xlsx?|pptx?|pdf|aspx)$/i
    .test(new URL(link.href, document.baseURI).pathname);
};
// The innermost entry counts; but a button inside the entry of that name, whose label only contains it, opens its menu.
const innermost = (list) => {
  const own = list.filter((n) => isNamed(n, given.name)
    || !list.some((m) => m !== n && within(m, n) && isNamed(m, given.name)));
  return own.filter((n) => !own.some((m) => m !== n && within(n, m)));
};
const entries = new Map(known.map((name) => [name, pressed.filter((n) => isApp(n, name) && !elsewhere(n))]));
const others = given.others.filter((name) => entries.get(name).length);
// Apps stand together. How many things stand in the smallest part of the page with this entry and two other apps? Where
// all the others are in a part of their own, such as a list of apps beside a list of files, it is none of them.
const crowd = (n) => {
  let branch = n;
  for (let part = above(n); part && part !== document.documentElement; branch = part, part = above(part)) {
    const beside = others.flatMap((name) => entries.get(name).filter((m) => within(part, m)).slice(0, 1));
    if (beside.length < 2) continue;
    const apart = [...part.children, ...(part.shadowRoot ? part.shadowRoot.children : [])];
    const own = apart.find((child) => child !== branch && beside.every((m) => within(child, m)));
    return own ? Infinity : pressed.filter((m) => within(part, m)).length;
  }
  return Infinity;
};
let candidates = innermost(entries.get(given.name)).map((n) => ({ n, trust: isApp(n, given.name), crowd: crowd(n) }));
if (!given.opened || candidates.some(({ crowd }) => crowd < Infinity)) candidates = candidates.filter(({ crowd }) => crowd < Infinity);
const own = candidates.filter(({ n }) => linkOf(n) && linkOf(n).host === given.host);
if (own.length) candidates = own;
const least = Math.min(...candidates.map(({ crowd }) => crowd));
candidates = candidates.filter(({ crowd }) => crowd === least);
const most = Math.max(...candidates.map(({ trust }) => trust));
candidates = candidates.filter(({ trust }) => trust === most);
if (candidates.length > 1) {
  // An entry and its menu, both known by their labels alone: the entry is much larger.
  const area = ({ n }) => box(n).width * box(n).height;
  candidates.sort((a, b) => area(b) - area(a));
  if (area(candidates[0]) > 1.8 * area(candidates[1])) candidates = candidates.slice(0, 1);
}
mark(candidates.length === 1 ? candidates[0].n : null, 'app');
if (candidates.length === 1) {
  return { how: 'name', said: (candidates[0].n.getAttribute('role') || candidates[0].n.tagName).toLowerCase(), others: others.length };
}
if (!given.any || !candidates.length && others.length < 2) return null;
return { how: '', said: '', others: others.length, several: candidates.length };

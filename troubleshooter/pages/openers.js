// Marks what may open the list of apps in the Copilot app's navigation drawer: the nine dots at its top, the row "Apps"
// just above the account row. Returns which of the two were found; null without a drawer. given: `top`
// and `bottom`, selectors of the drawer's two ends; `names`, what the row "Apps" is called, in lower case.
const one = (list) => (list.length === 1 ? list[0] : null);
const first = (selector) => every.find((n) => n.matches(selector) && shown(n)) || null;
const header = first(given.top);
const footer = first(given.bottom);
if (!header && !footer) return null;
const pressed = (n) => n.matches('button, [role=button], [role=menuitem], [role=link], a[href]') && shown(n);
const opens = (n) => /^(true|menu|dialog|listbox|grid)$/.test(n.getAttribute('aria-haspopup') || '');
// A row that does not say that it opens something may be anything, unless it is called what the row is called.
const isClosed = (n) => n.getAttribute('aria-expanded') === 'false' && !n.matches('a[href]');
const isCalled = (n) => [...words(n), label(n)].some((w) => given.names.includes(w.toLowerCase()))
  && !/\/(chat|c|conversation)\b/.test(n.getAttribute('href') || '');

// The other button of the header folds the drawer, and says so by its test id or by what it controls.
const folds = (n) => n.getAttribute('data-testid') === 'collapse-button' || /collapse|hamburger/i.test(n.className);
const top = every.filter((n) => header && within(header, n) && pressed(n) && !n.matches('a[href]') && !folds(n));
// Where none says what it opens, one without words has to say at least that it does, and that it is closed now.
const closed = top.filter((n) => !words(n).some((w) => /\p{L}/u.test(w)) && isClosed(n));
const dots = one(top.filter(opens)) || one(closed);

// Rows of the drawer lie between header and footer; the lowest is the one above the account row.
let drawer = footer && above(footer);
while (drawer && header && !within(drawer, header) && drawer !== document.body) drawer = above(drawer);
const rows = !footer || !drawer ? [] : every.filter((n) => within(drawer, n) && !within(footer, n)
  && !(header && within(header, n)) && pressed(n) && box(n).bottom <= box(footer).top + 4);
const lowest = rows.sort((a, b) => box(b).bottom - box(a).bottom)[0] || null;
const apps = one(rows.filter(opens)) || (lowest && (isClosed(lowest) || isCalled(lowest)) ? lowest : null);
mark(dots, 'waffle');
mark(apps && apps !== dots ? apps : null, 'apps-row');
return { waffle: Boolean(dots), apps: Boolean(apps && apps !== dots) };

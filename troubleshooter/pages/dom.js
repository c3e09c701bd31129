// What the scripts of this folder that go by a page's structure have in common; they are inserted after it.
const every = [];
const walk = (root) => {
  for (const element of root.querySelectorAll('*')) {
    every.push(element);
    if (element.shadowRoot) walk(element.shadowRoot);
  }
};
walk(document);
const above = (n) => n.parentElement || (n.getRootNode() instanceof ShadowRoot ? n.getRootNode().host : null);
const within = (outer, n) => { for (; n; n = above(n)) if (n === outer) return true; return false; };
const box = (n) => n.getBoundingClientRect();
// A person can see it, or scroll to it: copies of a link that are transparent, tiny or beside the page do not count.
const shown = (n) => {
  if (!n.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const { left, right, bottom, width, height } = box(n);
  const wide = Math.max(innerWidth, document.documentElement.scrollWidth);
  if (width <= 4 || height <= 4 || right <= 0 || left >= wide || bottom + scrollY <= 0) return false;
  for (let m = n; m; m = above(m)) if (m.inert || m.getAttribute('aria-hidden') === 'true') return false;
  return true;
};
const words = (n) => (n.innerText || '').split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean);
const label = (n) => (n.getAttribute('aria-label') || n.getAttribute('title') || '').replace(/\s+/g, ' ').trim();
const PRESSED = 'a[href], button, [role=button], [role=link], [role=menuitem], [role=option], [role=listitem], '
  + '[role=gridcell], [role=tab], [tabindex]';
// What was on the page before something was clicked: whatever shows later has come with the click.
const memory = Symbol.for('troubleshooter.shown');
const fresh = (n) => !document[memory] || !document[memory].has(n);
const remember = () => {
  document[memory] = new WeakSet();
  for (const element of every) if (element.checkVisibility({ visibilityProperty: true })) {
    for (let n = element; n && !document[memory].has(n); n = above(n)) document[memory].add(n);
  }
};
// Lets a locator find what a script found.
const MARK = 'data-troubleshooter';
const mark = (n, name) => {
  for (const other of every) if (other.getAttribute(MARK) === name) other.removeAttribute(MARK);
  if (n) n.setAttribute(MARK, name);
};

// Finds the parts of a page that show people: the outermost matches of each kind, in document order. Keeps the elements in a
// list of the holder, and returns its number and data about each element: its kind, the selector that matched first, every
// selector of its kind that matches anything here, the id of its web part, and whether only a user's selector found it. Pierces
// open shadow roots.
// wanted: for each kind a list of its name, its selectors, and those of them that a user gave. button: selectors of the account button.
(holder, { wanted, button }) => {
  const MARKED = '[data-sp-feature-instance-id]';
  const found = { roots: [], data: [] };
  const roots = [document];
  for (const root of roots) for (const e of root.querySelectorAll('*')) if (e.shadowRoot) roots.push(e.shadowRoot);
  const host = (e) => e.getRootNode().host;
  const closest = (e, selector) => { for (let n = e; n; n = host(n)) if (n.closest(selector)) return n.closest(selector); return null; };
  const within = (outer, e) => Boolean(e) && (outer.contains(e) || within(outer, host(e)));
  // The elements from the document down to `e` that are in different roots: their order is that in which the page shows them.
  const way = (e) => { const steps = []; for (let n = e; n; n = host(n)) steps.unshift(n); return steps; };
  const order = (a, b) => {
    const [one, other] = [way(a), way(b)];
    const at = one.findIndex((n, depth) => n !== other[depth]);
    if (at < 0 || !other[at]) return at < 0 ? -1 : 1;
    return one[at].compareDocumentPosition(other[at]) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  };
  const every = (selector) => {
    const some = roots.flatMap((root) => [...root.querySelectorAll(selector)]);
    return roots.length > 1 ? some.sort(order) : some;
  };
  // A user's selector may match more than a part of the page: where the account button is, people are not what the page shows.
  const buttons = [...document.querySelectorAll(button)];
  const apart = (e) => !e.matches('html, body') && !buttons.some((b) => b.contains(e) || e.contains(b));
  for (const [kind, selectors, repairs] of wanted) {
    const repaired = (e) => !selectors.some((s) => !repairs.includes(s) && e.matches(s));
    const all = every(selectors.join(',')).filter((e) => !repaired(e) || apart(e));
    const matching = selectors.filter((selector) => all.some((e) => e.matches(selector)));
    for (const element of all.filter((e) => !all.some((other) => other !== e && within(other, e)))) {
      const inside = repaired(element) ? null : element.querySelector(MARKED);
      const part = closest(element, MARKED) || inside || element;
      found.roots.push(element);
      found.data.push({
        kind,
        selector: selectors.find((selector) => element.matches(selector)),
        matching,
        instance: (part.getAttribute('data-sp-feature-instance-id') || '').toLowerCase(),
        repaired: repaired(element),
      });
    }
  }
  return { data: found.data, list: holder.lists.push({ roots: found.roots }) - 1 };
}

// Returns, for each of the apps that this document shows by name, the elements of that name: what they are, whether they
// are shown, where they lead, and which of them was chosen. given: `names`; `all`, the app of which all are listed.
const said = (e) => (label(e) || e.textContent || '').trim();
const notes = document[Symbol.for('troubleshooter.notes')];
const chosen = notes instanceof WeakMap && every.find((e) => (notes.get(e) || {}).found === 'sharepoint-icon');
const TAGS = ['a', 'button', 'li', 'div', 'span', 'nav', 'main', 'header', 'footer', 'dialog', 'ul', 'menu', 'section'];
const ROLES = ['link', 'button', 'menuitem', 'listitem', 'option', 'gridcell', 'none', 'presentation', 'list', 'menu', 'grid',
  'listbox', 'dialog', 'navigation', 'main', 'banner', 'region', 'group'];
const word = (list, text) => (list.includes(text) ? text : 'other');
const PARTS = 'nav, main, header, footer, dialog, ul, menu, [role=list], [role=menu], [role=grid], [role=listbox], [role=dialog], '
  + '[role=navigation], [role=main], [role=banner]';
const part = (e) => {
  const n = above(e) && above(e).closest(PARTS);
  return !n ? 'none' : n.hasAttribute('role') ? word(ROLES, n.getAttribute('role')) : word(TAGS, n.localName);
};
// An entry leads somewhere by a link, or by an attribute that a script reads.
const ADDRESS = /^(https?:\/\/|\/(?!\/))[^\s"'<>]+$/i;
const leads = (e) => {
  const link = e.closest('a[href]') || e.querySelector('a[href]');
  if (link) return [link.href, 'href'];
  for (let n = e, steps = 0; n && steps < 3; n = above(n), steps++) {
    const found = [...n.attributes].find((a) => /^data-/.test(a.name) && ADDRESS.test(a.value) && !/photo|icon|image|src/.test(a.name));
    if (found) return [new URL(found.value, document.baseURI).href, found.name];
  }
  return ['', ''];
};
const rows = [];
for (const name of given.names) {
  const near = every.filter((e) => e.matches(`${PRESSED}, li`) && (said(e) === name || said(e).startsWith(`${name} `)));
  const innermost = near.filter((one) => !near.some((other) => other !== one && within(one, other)));
  const listed = innermost.filter((e) => name === given.all || shown(e)).slice(0, name === given.all ? 30 : 2);
  for (const e of listed) {
    const role = e.getAttribute('role');
    const [address, by] = leads(e);
    rows.push({ name, tag: word(TAGS, e.localName), role: role ? word(ROLES, role) : '', part: part(e), address, by,
      id: Boolean(e.id), shown: shown(e), chosen: Boolean(chosen) && (within(chosen, e) || within(e, chosen)) });
  }
}
return rows;

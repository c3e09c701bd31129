// Returns, for each of the apps that this document shows by name, what kind of element is the first of that name. given: { names }.
({ names }) => {
  const roots = [document];
  for (const root of roots) for (const e of root.querySelectorAll('*')) if (e.shadowRoot) roots.push(e.shadowRoot);
  const drawn = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0;
  const said = (e) => (e.getAttribute('aria-label') || e.getAttribute('title') || e.textContent || '').trim();
  const ACTS = 'a, button, [role="link"], [role="button"], [role="menuitem"], [role="listitem"], li, [tabindex]';
  const kind = (href) => /\/launch\//i.test(href) ? 'launch address'
    : /\/_layouts\/15\/sharepoint\.aspx/i.test(href) ? 'start page'
      : /[?&]source=waffle/i.test(href) ? 'source=waffle' : href ? 'another address' : 'no address';
  const ROLES = ['link', 'button', 'menuitem', 'listitem', 'option', 'gridcell', 'none', 'presentation'];
  const TAGS = ['A', 'BUTTON', 'LI', 'DIV', 'SPAN'];
  const rows = [];
  for (const name of names) {
    const near = roots.flatMap((root) => [...root.querySelectorAll(ACTS)])
      .filter((e) => drawn(e) && (said(e) === name || said(e).startsWith(`${name} `)));
    const innermost = near.filter((one) => !near.some((other) => other !== one && one.contains(other)));
    const e = innermost[0];
    if (!e) continue;
    const link = e.closest('a[href]') || e.querySelector('a[href]');
    const role = e.getAttribute('role');
    rows.push([name, TAGS.includes(e.tagName) ? e.tagName.toLowerCase() : 'other',
      role ? (ROLES.includes(role) ? role : 'other') : 'none given', kind(link ? link.href : ''), Boolean(e.id), innermost.length]);
  }
  return rows;
}

// Returns, by name, each of its selectors that matches something here, with how many elements it matches and how many of
// them are visible. Pierces open shadow roots. wanted: { name: [selector] }.
(wanted) => {
  const roots = [document];
  for (const root of roots) for (const e of root.querySelectorAll('*')) if (e.shadowRoot) roots.push(e.shadowRoot);
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const drawn = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0;
  const seen = {};
  for (const [name, selectors] of Object.entries(wanted)) {
    for (const [position, selector] of selectors.entries()) {
      let found = [];
      try { found = all(selector); } catch (error) { continue; }
      if (!found.length) continue;
      (seen[name] = seen[name] || []).push([position, found.length, found.filter(drawn).length]);
    }
  }
  return seen;
}

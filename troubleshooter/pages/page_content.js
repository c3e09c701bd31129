// Finds the content of a page by the most trusted selector that matches; keeps it in a list of the holder, and returns which
// selector it was and the list's number; null without content. Pierces open shadow roots.
// tried: selectors, each with whether a user gave it. button: selectors of the account button.
(holder, [tried, button]) => {
  const roots = [document];
  for (const root of roots) for (const e of root.querySelectorAll('*')) if (e.shadowRoot) roots.push(e.shadowRoot);
  // What has the account button in it, or is a part of that, is more than the content.
  const surrounds = (e) => e.matches('html, body')
    || [...document.querySelectorAll(button)].some((b) => b.contains(e) || e.contains(b));
  for (const [position, [selector, repaired]] of tried.entries()) {
    const root = roots.map((r) => r.querySelector(selector)).find(Boolean);
    if (root && !(repaired && surrounds(root))) return [position, holder.lists.push({ roots: [root] }) - 1];
  }
  return null;
}

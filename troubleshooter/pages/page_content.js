// Finds the content of a page by the most trusted selector that matches; keeps it in a list of the holder, and returns which
// selector it was and the list's number; null without content. Pierces open shadow roots. Of several parts of the content, what
// surrounds all of them counts.
// tried: selectors, each with whether a user gave it. button: selectors of the account button.
(holder, [tried, button]) => {
  const roots = [document];
  for (const root of roots) for (const e of root.querySelectorAll('*')) if (e.shadowRoot) roots.push(e.shadowRoot);
  // What has the account button in it, or is a part of that, is more than the content.
  const surrounds = (e) => e.matches('html, body')
    || [...document.querySelectorAll(button)].some((b) => b.contains(e) || e.contains(b));
  const up = (e) => e.parentElement || (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null);
  const within = (outer, e) => { for (let n = e; n; n = up(n)) if (n === outer) return true; return false; };
  const around = (parts) => {
    let outer = parts[0];
    while (outer && !parts.every((part) => within(outer, part))) outer = up(outer);
    return outer;
  };
  const keep = (position, root) => [position, holder.lists.push({ roots: [root] }) - 1];
  let first = null;
  for (const [position, [selector, repaired]] of tried.entries()) {
    const parts = roots.flatMap((r) => [...r.querySelectorAll(selector)]);
    const root = parts.length ? around(parts) : null;
    const mayBeMore = repaired || parts.length > 1;
    if (root && !(mayBeMore && surrounds(root))) return keep(position, root);
    // Where the page has nothing around its parts but itself, a less trusted selector may match all of the content.
    if (parts.length && !repaired && !first) first = [position, parts[0]];
  }
  return first && keep(...first);
}

// Returns the parts of a page that show people: the outermost matches of each kind, in document order. Returns the elements,
// and for each its kind, the selector that matched first, every selector of its kind that matches anything here, and the id
// of its web part.
// wanted: for each kind a list of its name and its selectors.
(wanted) => {
  const MARKED = '[data-sp-feature-instance-id]';
  const found = { elements: [], data: [] };
  for (const [kind, selectors] of wanted) {
    const all = [...document.querySelectorAll(selectors.join(','))];
    const matching = selectors.filter((selector) => document.querySelector(selector));
    for (const element of all.filter((e) => !all.some((other) => other !== e && other.contains(e)))) {
      const part = element.closest(MARKED) || element.querySelector(MARKED) || element;
      found.elements.push(element);
      found.data.push({
        kind,
        selector: selectors.find((selector) => element.matches(selector)),
        matching,
        instance: (part.getAttribute('data-sp-feature-instance-id') || '').toLowerCase(),
      });
    }
  }
  return found;
}

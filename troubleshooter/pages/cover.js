// What covers an element: a teaching bubble, a banner, a veil. Returns the button that closes it, `true` if nothing
// covers the element, `false` if something does that no button closes.
(element, card) => {
  const up = (n) => n.parentElement || (n.getRootNode() instanceof ShadowRoot ? n.getRootNode().host : null);
  const within = (outer, n) => { for (; n; n = up(n)) if (n === outer) return true; return false; };
  const deepest = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found && found.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    return found;
  };
  const shown = (n) => n.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const painted = (n) => {
    if (!shown(n)) return false;
    if (n.matches('img, canvas, video, iframe')) return true;
    const style = getComputedStyle(n);
    const part = (style.backgroundColor.match(/[\d.]+/g) || []).map(Number);
    return (part.length === 3 || (part.length === 4 && part[3] > 0.05)) || style.backgroundImage !== 'none';
  };
  const box = element.getBoundingClientRect();
  const layers = [];
  // Otherwise an element that lets clicks through, such as a tint, is not hit.
  const solid = new CSSStyleSheet();
  solid.replaceSync('* { pointer-events: auto !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, solid];
  try {
    for (const [across, down] of [[0.5, 0.5], [0.3, 0.3], [0.7, 0.3], [0.3, 0.7], [0.5, 0.25]]) {
      const [x, y] = [box.left + across * box.width, box.top + down * box.height];
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      const hit = deepest(x, y);
      if (!hit || within(element, hit) || within(hit, element) || (card && within(card, hit))) continue;
      let [layer, seen] = [hit, false];
      for (let n = hit; n && !within(n, element); n = up(n)) { layer = n; seen = seen || painted(n); }
      if (seen) layers.push(layer);
    }
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== solid);
  }
  if (layers.length < 3) return true;
  const named = (n) => ['aria-label', 'title', 'id', 'class', 'data-testid', 'data-automation-id', 'data-automationid']
    .map((name) => n.getAttribute(name) || '').join(' ');
  const closes = (n) => shown(n) && (/dismiss|close/i.test(named(n)) || /^[✕×✖]$/.test(n.textContent.trim()));
  // The account panel and the launcher were opened on purpose.
  const own = '#mectrl_main_body, .mectrl_dropdownbody, #appLauncherMainView';
  const bubbles = [...document.querySelectorAll('[role=dialog], [role=alertdialog], [aria-modal=true], [class*=TeachingBubble]')]
    .filter((n) => shown(n) && !n.closest(own) && !n.querySelector(own) && !n.contains(element));
  for (const layer of [...layers, ...bubbles]) {
    const button = [...layer.querySelectorAll('button, [role=button]')].find(closes);
    if (button) return button;
  }
  for (const bubble of bubbles) {
    // A window with a single button leaves no choice.
    const every = [...bubble.querySelectorAll('button, [role=button], a[href], input, select, textarea')].filter(shown);
    if (every.length === 1 && every[0].matches('button, [role=button]')) return every[0];
  }
  return false;
}

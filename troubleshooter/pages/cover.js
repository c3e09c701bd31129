// What covers an element: a tour, a teaching bubble, a banner, a veil. Returns the button that closes it, `true` if nothing
// covers the element, `false` if something does that no button closes. mode: `sure` leaves out a guess among the buttons of
// a teaching popover, `words` returns what covers the element.
(element, card, mode) => {
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
  if (layers.length < 3) return mode === 'words' ? '' : true;
  if (mode === 'words') {
    const role = layers[0].getAttribute('role') || layers[0].tagName.toLowerCase();
    const says = (layers[0].getAttribute('aria-label') || layers[0].innerText || '').replace(/\s+/g, ' ').trim();
    return `${role} “${says.slice(0, 80)}”`;
  }
  const named = (n) => ['aria-label', 'title', 'id', 'class', 'data-testid', 'data-automation-id', 'data-automationid']
    .map((name) => n.getAttribute(name) || '').join(' ');
  const closes = (n) => shown(n) && (/dismiss|close/i.test(named(n)) || /^[✕×✖]$/.test(n.textContent.trim()));
  const pressed = (layer) => [...layer.querySelectorAll('button, [role=button]')].filter(shown);
  // A cross whose label is in some language: the only button without words in an upper corner, or at an end of a bar.
  const lasting = 'header, nav, main, [role=banner], [role=navigation], [role=main]';
  const crossed = (layer) => {
    if (layer.closest(lasting) || layer.querySelector(lasting)) return null;
    const { left, top, width, height } = layer.getBoundingClientRect();
    const bare = pressed(layer).filter((n) => {
      const at = n.getBoundingClientRect();
      const [x, y] = [at.left + at.width / 2 - left, at.top + at.height / 2 - top];
      return !(n.innerText || '').trim() && n.querySelector('svg, img, i, span') && at.width < 80
        && (x < 0.25 * width || x > 0.75 * width) && (height < 150 || y < 0.35 * height);
    });
    return bare.length === 1 ? bare[0] : null;
  };
  // The account panel and the launcher were opened on purpose.
  const own = '#mectrl_main_body, .mectrl_dropdownbody, #appLauncherMainView, [data-tid="me-control-menu-dialog"]';
  const teaching = '[class*=TeachingBubble], [class*=TeachingPopover]';
  const bubbles = [...document.querySelectorAll(`[role=dialog], [role=alertdialog], [aria-modal=true], ${teaching}`)]
    .filter((n) => shown(n) && !n.closest(own) && !n.querySelector(own) && !n.contains(element));
  for (const layer of [...layers, ...bubbles]) {
    const button = pressed(layer).find(closes) || crossed(layer);
    if (button) return button;
  }
  for (const bubble of bubbles) {
    // A window with a single button leaves no choice; the last button of a teaching popover turns its page or ends it.
    const every = [...bubble.querySelectorAll('button, [role=button], a[href], input, select, textarea')].filter(shown);
    if (every.length === 1 && every[0].matches('button, [role=button]')) return every[0];
    if (mode !== 'sure' && bubble.matches(teaching) && pressed(bubble).length) return pressed(bubble).pop();
  }
  return false;
}

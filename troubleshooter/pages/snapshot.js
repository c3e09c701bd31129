// Returns a document as plain data, in JSON: its elements in order with their attributes, layout and natural sizes, its
// texts, open shadow roots, what it requested. A frame's own document is numbered by `page_snapshot.py`. The product's own
// marks and notes (`dom.js`, `noted.py`) are returned apart from the page's attributes.
(limits) => {
  const frames = document[Symbol.for('troubleshooter.frames')];
  const notes = document[Symbol.for('troubleshooter.notes')];
  const MARK = 'data-troubleshooter';
  let left = limits.parts;
  const STYLE = {
    visibility: 'visible', position: 'static', float: 'none', 'overflow-x': 'visible', 'overflow-y': 'visible',
    'pointer-events': 'auto', 'flex-direction': 'row', 'flex-wrap': 'nowrap', 'align-items': 'normal',
    'justify-content': 'normal', clip: 'auto', 'clip-path': 'none', 'object-fit': 'fill', opacity: '1', 'z-index': 'auto',
    transform: 'none', 'grid-template-columns': 'none', 'column-gap': 'normal', 'row-gap': 'normal',
    'margin-top': '0px', 'margin-right': '0px', 'margin-bottom': '0px', 'margin-left': '0px',
    'padding-top': '0px', 'padding-right': '0px', 'padding-bottom': '0px', 'padding-left': '0px',
  };
  const PLACED = ['top', 'right', 'bottom', 'left'];
  const layout = (e) => {
    const computed = getComputedStyle(e);
    const style = { display: computed.display };
    if (style.display === 'none') return style;
    for (const [name, usual] of Object.entries(STYLE)) {
      const value = computed.getPropertyValue(name);
      if (value && value !== usual) style[name] = value;
    }
    if (computed.position !== 'static') for (const name of PLACED) style[name] = computed.getPropertyValue(name);
    if (/url\(/.test(computed.backgroundImage)) style.picture = '1';
    const holder = e.parentElement;
    if (holder && /flex/.test(getComputedStyle(holder).display)) style['in-flex'] = '1';
    return style;
  };
  const size = (e, display) => {
    if (/^(none|contents|inline)$/.test(display) && !/^(img|canvas|video|svg|input|iframe|textarea|select)$/i.test(e.tagName)) return null;
    if (e.offsetWidth !== undefined) return [e.offsetWidth, e.offsetHeight];
    const { width, height } = e.getBoundingClientRect();
    return [width, height];
  };
  const natural = (e) => {
    if (e instanceof HTMLImageElement) return [e.naturalWidth, e.naturalHeight];
    if (e instanceof HTMLCanvasElement) return [e.width, e.height];
    if (e instanceof HTMLVideoElement) return [e.videoWidth, e.videoHeight];
    return null;
  };
  // Why nobody sees an element, '' if somebody does; `around`: why nobody sees the element around it, null above the body.
  // How far its parts are scrolled does not count.
  const PLAIN = /^(option|optgroup|source|track|br|wbr|template)$/i;
  const scrolled = (e) => {
    let up = scrollY;
    for (let n = e.parentElement; n; n = n.parentElement) if (n !== document.scrollingElement) up += n.scrollTop;
    return up;
  };
  const unseen = (e, around) => {
    if (e === document.body) return '';
    if (around === null || !(e instanceof HTMLElement) || PLAIN.test(e.localName)) return around;
    const { display, visibility, opacity, overflow, position, clip } = getComputedStyle(e);
    if (around === 'display' || display !== 'contents' && !e.checkVisibility()) return 'display';
    if (visibility !== 'visible') return 'visibility';
    if (around === 'transparent' || opacity === '0') return 'transparent';
    if (around === 'clipped' && !/absolute|fixed/.test(position)) return 'clipped';
    const { left: x, right, bottom, width, height } = e.getBoundingClientRect();
    const clips = (width <= 4 || height <= 4) && overflow !== 'visible' && e.hasChildNodes();
    if (clips || /rect\((0px,? ?){4}\)/.test(clip)) return 'clipped';
    if (!width || !height) return around === 'visibility' ? '' : around;
    const wide = Math.max(innerWidth, document.documentElement.scrollWidth);
    return right <= 0 || x >= wide || bottom <= 0 && bottom + scrolled(e) <= 0 ? 'off-screen' : '';
  };
  const SPACES = { 'http://www.w3.org/2000/svg': 'svg', 'http://www.w3.org/1998/Math/MathML': 'math' };
  const EMPTY = /^(script|style|noscript|object|embed|audio|video|iframe|canvas)$/i;
  const parts = [];
  const walk = (node, depth, around) => {
    if (left <= 0 || depth > limits.depth) return;
    left -= 1;
    if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE) {
      parts.push(node.data.slice(0, limits.text));
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const attributes = [...node.attributes].filter((a) => a.name !== MARK);
    const element = { t: node.localName, a: attributes.map((a) => [a.name, a.value.slice(0, limits.value)]) };
    let hidden = around;
    if (SPACES[node.namespaceURI]) element.n = SPACES[node.namespaceURI];
    if (node.isConnected) {
      element.s = layout(node);
      element.b = size(node, element.s.display);
      hidden = unseen(node, around);
      if (around !== null && hidden !== around) element.h = hidden || 'no';
    }
    const noted = notes instanceof WeakMap && notes.get(node) || {};
    const mark = noted.found || node.getAttribute(MARK);
    if (mark) element.m = mark;
    if (noted.clicked) element.c = noted.clicked;
    element.p = natural(node);
    if (node instanceof HTMLInputElement && !/^(file|hidden)$/.test(node.type) || node instanceof HTMLTextAreaElement) {
      element.v = node.type === 'password' ? node.value && '…' : node.value.slice(0, limits.text);
    }
    if (frames && frames.has(node)) element.f = frames.get(node);
    parts.push(element);
    if (node.shadowRoot) {
      parts.push(1);
      for (const child of node.shadowRoot.childNodes) walk(child, depth + 1, hidden);
      parts.push(2);
    }
    const content = node instanceof HTMLTemplateElement ? node.content : node;
    if (!EMPTY.test(node.localName) && !(node instanceof HTMLTextAreaElement)) for (const child of content.childNodes) walk(child, depth + 1, hidden);
    parts.push(0);
  };
  walk(document.documentElement, 0, null);

  const requests = performance.getEntriesByType('resource').slice(0, limits.requests)
    .map((entry) => [entry.initiatorType, entry.responseStatus || 0, entry.name.slice(0, limits.value)]);
  const config = window.$Config || window.ServerData;
  const settings = [];
  if (config && typeof config === 'object') {
    for (const name of limits.settings) {
      if (typeof config[name] === 'string' || typeof config[name] === 'number') settings.push([name, String(config[name]).slice(0, 200)]);
    }
    for (const proof of Array.isArray(config.arrUserProofs) ? config.arrUserProofs.slice(0, 20) : []) {
      settings.push(['authMethodId', String(proof && proof.authMethodId).slice(0, 60)]);
    }
  }
  return JSON.stringify({ url: location.href, mode: document.compatMode, parts, requests, settings });
}

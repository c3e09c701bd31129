// Returns a document as plain data, in JSON: its elements in order with their attributes, layout and natural sizes, its
// texts, open shadow roots, what it requested. A frame's own document is numbered by `page_snapshot.py`.
(limits) => {
  const frames = document[Symbol.for('troubleshooter.frames')];
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
  const SPACES = { 'http://www.w3.org/2000/svg': 'svg', 'http://www.w3.org/1998/Math/MathML': 'math' };
  const EMPTY = /^(script|style|noscript|object|embed|audio|video|iframe|canvas)$/i;
  const parts = [];
  const walk = (node, depth) => {
    if (left <= 0 || depth > limits.depth) return;
    left -= 1;
    if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE) {
      parts.push(node.data.slice(0, limits.text));
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const element = { t: node.localName, a: [...node.attributes].map((a) => [a.name, a.value.slice(0, limits.value)]) };
    if (SPACES[node.namespaceURI]) element.n = SPACES[node.namespaceURI];
    if (node.isConnected) {
      element.s = layout(node);
      element.b = size(node, element.s.display);
    }
    element.p = natural(node);
    if (node instanceof HTMLInputElement && node.type !== 'file' || node instanceof HTMLTextAreaElement) element.v = node.value.slice(0, limits.text);
    if (frames && frames.has(node)) element.f = frames.get(node);
    parts.push(element);
    if (node.shadowRoot) {
      parts.push(1);
      for (const child of node.shadowRoot.childNodes) walk(child, depth + 1);
      parts.push(2);
    }
    const content = node instanceof HTMLTemplateElement ? node.content : node;
    if (!EMPTY.test(node.localName) && !(node instanceof HTMLTextAreaElement)) for (const child of content.childNodes) walk(child, depth + 1);
    parts.push(0);
  };
  walk(document.documentElement, 0);

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

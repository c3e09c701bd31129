// Boxes, in CSS pixels of this frame, of everybody on the page who is not the subject: faces, cards, names.
// kept: the subject's cards; mine: the subject's addresses; exceptFor: a pattern of URLs that prove nothing although they name
// the subject; readable: addresses that may be read; hideMe: whether the signed-in person is a bystander, too; the rest
// are selectors: of people, of names, of the parts of a page that show people, and of the signed-in person.
({ kept, mine, exceptFor, readable, hideMe, person, name, region, me, mineAmongOthers }) => {
  const keep = kept.map(the);
  const PHOTO = /userphoto|afdcache|_userprofile|user(%20| )photos|getpersonaphoto|personaphoto|\/photos?\/|profileimage/i;
  const all = (node, out = []) => {
    for (const child of node.children || []) {
      out.push(child);
      if (child.shadowRoot) all(child.shadowRoot, out);
      all(child, out);
    }
    return out;
  };
  const everything = all(document.body || document.documentElement);
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const addresses = (e) => {
    // Not currentSrc where there is an address: pictures that differ only after "#" share it.
    const out = [e.getAttribute('src') || e.currentSrc || '', e.dataset.src || ''];
    const found = /url\(["']?(.*?)["']?\)/.exec(getComputedStyle(e).backgroundImage || '');
    if (found) out.push(found[1]);
    return out.join(' ');
  };
  const absolute = (e) => addresses(e).split(' ').filter(Boolean).map((url) => { try { return new URL(url, document.baseURI).href; } catch { return url; } }).join(' ');
  const within = (e, list) => list.some((k) => k === e || k.contains(e));
  const about = (e) => { try { return decodeURIComponent(addresses(e)).toLowerCase(); } catch { return addresses(e).toLowerCase(); } };
  const named = (e) => mine.some((m) => about(e).includes(m) || about(e).includes(m.replace(/[@.]/g, '_')));
  // A picture that names the subject may show an earlier owner of the account.
  const former = (e) => exceptFor !== '' && new RegExp(exceptFor, 'i').test(absolute(e)) && !within(e, keep);
  const isMine = (e) => within(e, keep) || (named(e) && !former(e));
  const up = (e) => e.parentElement || (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null);
  const holds = (e, k) => { for (let n = k; n; n = up(n)) if (n === e) return true; return false; };
  const hidden = new Set();
  // Where a page shows people, whatever is not the subject's card belongs to somebody else, however it is drawn.
  const coverAllBut = (root) => {
    for (const child of [...root.children, ...(root.shadowRoot ? root.shadowRoot.children : [])]) {
      if (keep.some((k) => holds(k, child)) || child.matches('h1, h2, h3, [role="heading"], iframe, style, script')) continue;
      if (keep.some((k) => holds(child, k)) || child.querySelector('h1, h2, h3, [role="heading"], iframe')) coverAllBut(child);
      else hidden.add(child);
    }
  };
  for (const root of everything.filter((e) => e.matches(region))) if (!keep.some((k) => holds(k, root))) coverAllBut(root);
  const names = new Set();
  for (const e of everything) {
    if (hideMe && (e.matches(me) || e.matches(mineAmongOthers))) hidden.add(e);
    else if (e.closest(me)) continue;
    else if (e.matches(person) && !isMine(e) && !keep.some((k) => e.contains(k)) && !all(e).some(isMine)) hidden.add(e);
    else if (PHOTO.test(addresses(e)) && !isMine(e)) hidden.add(e);
    else if (e.matches('a[href^="mailto:" i], a[href^="sip:" i]') && !within(e, keep)
      && !mine.some((m) => e.href.toLowerCase().includes(m))) hidden.add(e);
  }
  for (const e of hidden) {
    const called = e.querySelector(name);
    const text = (called ? called.textContent : e.matches('a') ? e.textContent : '').trim();
    if (former(e) || [...e.querySelectorAll('img')].some(former)) continue; // the name beside it is the subject's, too
    if (text.length > 3) names.add(text);
    const label = (e.getAttribute('alt') || e.getAttribute('title') || e.getAttribute('aria-label') || '').trim();
    if (e.matches('img, [role="img"]') && label.length > 3) names.add(label);
  }
  const own = new Set(keep.flatMap((k) => [...k.querySelectorAll(name)]
    .map((n) => n.textContent.trim())));
  const boxes = [...hidden].filter(seen).map((e) => e.getBoundingClientRect());
  const wanted = [...names].filter((n) => !own.has(n));
  for (const e of wanted.length ? everything : []) {
    if (within(e, keep) || [...hidden].some((h) => h.contains(e))) continue;
    for (const node of e.childNodes) {
      if (node.nodeType !== 3) continue;
      for (const other of wanted) {
        for (let at = node.data.indexOf(other); at >= 0; at = node.data.indexOf(other, at + other.length)) {
          const range = document.createRange();
          range.setStart(node, at); range.setEnd(node, at + other.length);
          boxes.push(...range.getClientRects());
        }
      }
    }
  }
  // An address is a person's even where nothing else shows a person.
  const ADDRESS = /[^\s@<>()[\]"'“”,;:|]+@[^\s@<>()[\]"'“”,;:|]+\.[^\s@<>()[\]"'“”,;:|.]{2,}/gu;
  for (const node of everything.flatMap((e) => (/@/.test(e.textContent) ? [...e.childNodes] : []))) {
    if (node.nodeType !== 3 || node.parentElement.matches('script, style')) continue;
    for (const found of node.data.matchAll(ADDRESS)) {
      if (readable.includes(found[0].toLowerCase())) continue;
      const range = document.createRange();
      range.setStart(node, found.index); range.setEnd(node, found.index + found[0].length);
      boxes.push(...range.getClientRects());
    }
  }
  return boxes.filter((b) => b.width > 1 && b.height > 1 && b.bottom > 0 && b.right > 0
    && b.top < innerHeight && b.left < innerWidth).map((b) => [b.left, b.top, b.width, b.height]);
}

// Finds the profile card that opened above a page, and what it says about its person. Pierces open shadow roots.
// card, given, hover: selectors of the known card, of the card as a user describes it, and of what opens it.
([card, given, hover]) => {
  const ADDRESS = /^[^\s@<>()"]+@[^\s@<>()"]+\.[^\s@<>()"]+$/;
  const SHOWS = 'a[href^="mailto:" i], a[href^="sip:" i], a[href^="im:" i], img, canvas, .ms-Persona-initials, '
    + '.fui-Avatar__initials, .ms-Persona-coin, .fui-Avatar, [style*="background-image"]';
  const all = (node, out = []) => {
    for (const child of [...(node.shadowRoot ? node.shadowRoot.children : []), ...(node.children || [])]) {
      out.push(child);
      all(child, out);
    }
    return out;
  };
  const drawn = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const box = (e) => e.getBoundingClientRect();
  const up = (e) => e.parentElement || (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null);
  const holds = (outer, e) => { for (let n = up(e); n; n = up(n)) if (n === outer) return true; return false; };

  const visible = () => new WeakSet(all(document.body).filter((e) => drawn(e) && box(e).width > 1));
  const opened = (before) => {
    const fresh = all(document.body).filter((e) => {
      const b = box(e);
      return !before.has(e) && b.width >= 120 && b.height >= 60 && b.width < innerWidth * 0.9 && drawn(e);
    });
    // The element around the card may have no size, and so count as not visible: the card is what is seen of it.
    const known = all(document.body).filter((e) => e.matches(card)
      && (fresh.includes(e) || fresh.some((f) => holds(e, f))));
    if (known.length) return known[0];
    const outermost = fresh.filter((e) => !fresh.some((o) => o !== e && holds(o, e)));
    const shows = outermost.find((e) => all(e).some((n) => n.matches(SHOWS))) || null;
    // A user's selector may match something else that has come meanwhile: then nothing says which of the two is the card.
    const own = given ? fresh.filter((e) => e.matches(given)) : [];
    if (!own.length || !shows) return own[0] || shows;
    return own.find((e) => e === shows || holds(e, shows) || holds(shows, e)) || null;
  };

  // An address is a text, or a title with or without a label in front of it ("Email: …"), that is nothing else.
  const bare = (text) => (text || '').trim().replace(/^[^\s@]{1,30}\s?[:：]\s*/, '');
  const links = (root) => {
    const found = [];
    for (const e of [root, ...all(root)]) {
      const href = e.getAttribute('href') || '';
      if (/^(mailto|sip|sips|im):/i.test(href)) found.push(href);
      const text = e.childElementCount ? '' : e.textContent;
      for (const said of [text, e.getAttribute('title'), e.getAttribute('aria-label')]) {
        if (ADDRESS.test(bare(said))) found.push(`mailto:${bare(said)}`);
      }
    }
    return [...new Set(found)];
  };

  // In which ways the card names its person: by links, whole texts, titles, labels.
  const naming = (root) => {
    const found = [];
    for (const e of [root, ...all(root)]) {
      if (/^(mailto|sip|sips|im):/i.test(e.getAttribute('href') || '')) found.push('link');
      if (!e.childElementCount && ADDRESS.test(bare(e.textContent))) found.push('text');
      if (ADDRESS.test(bare(e.getAttribute('title')))) found.push('title');
      if (ADDRESS.test(bare(e.getAttribute('aria-label')))) found.push('label');
    }
    return [...new Set(found)];
  };

  // Everything that the card says, without addresses: its person's name comes first.
  const said = (root) => [root, ...all(root)].filter((e) => !e.matches('style, script') && drawn(e))
    .flatMap((e) => [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.data.trim()))
    .filter((text) => text && !ADDRESS.test(bare(text))).join(' ').slice(0, 500);

  const target = (avatar, around) => {
    for (let n = avatar; n; n = up(n)) if (n.matches(hover)) return null; // the pointer on the avatar is on it as well
    return [around, ...all(around)].find((e) => e.matches(hover) && drawn(e)) || null;
  };
  return { visible, opened, links, naming, said, target };
}

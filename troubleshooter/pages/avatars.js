// Returns every avatar below an element: what is drawn, from which address, whether it has settled, and what says whose it
// is. Pierces open shadow roots. Returns the elements (to photograph), their cards and their data, in three lists, and the number
// of frames, which are not searched.
(root, limits) => {
  const { smallest, largest, itself } = limits;
  const all = (node, out = []) => {
    for (const child of [...(node.shadowRoot ? node.shadowRoot.children : []), ...(node.children || [])]) {
      out.push(child);
      all(child, out);
    }
    return out;
  };
  const up = (e) => e.parentElement || (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null);
  const climb = (e, test) => { for (let n = e; n; n = up(n)) if (test(n)) return n; return null; };
  const box = (e) => e.getBoundingClientRect();
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box(e).width > 1;
  const shape = (e) => { const b = box(e); return b.width >= smallest && b.width <= largest
    && b.height >= smallest && b.height <= largest && b.width / b.height > 0.8 && b.width / b.height < 1.25; };
  const background = (e) => {
    const styles = [null, '::before', '::after'].map((part) => getComputedStyle(e, part).backgroundImage || '');
    const found = styles.map((style) => /url\(["']?(.*?)["']?\)/.exec(style)).find(Boolean);
    return found ? new URL(found[1], document.baseURI).href : '';
  };
  const [COIN, CARD, INITIALS, NAME] = [limits.coin, limits.card, limits.initials, limits.name].map((list) => list.join(', '));
  const HOVER = limits.hover.join(', ');
  const COMMENT = limits.comment.join(', ');
  const GIVEN = limits.given;
  const matched = (e, kind) => [...GIVEN[kind], ...limits[kind]].find((selector) => e.matches(selector)) || '';

  // Words in elements of their own are separate words; a word that is split over several elements counts in one piece, too.
  // No text is cut off: what would be left could seem to rule somebody out whose name comes after it.
  const textsIn = (node, out = []) => {
    const inner = node.shadowRoot ? [...node.shadowRoot.childNodes] : [];
    for (const child of [...inner, ...node.childNodes]) {
      if (child.nodeType === Node.TEXT_NODE) out.push(child.data.trim());
      else if (child.nodeType === Node.ELEMENT_NODE && !child.matches('style, script')) textsIn(child, out);
    }
    return out;
  };
  const words = (node) => {
    const texts = textsIn(node);
    const drawn = (node.innerText || '').replace(/\s+/g, ' ').trim();
    const apart = texts.filter(Boolean).join(' ');
    return apart === drawn ? drawn : `${drawn} ${apart}`.trim();
  };

  const everything = itself ? [root, ...all(root)] : all(root);
  const pierced = everything.some((e) => e.shadowRoot);
  const within = (outer, e) => outer.contains(e) || (pierced && climb(e, (n) => n === outer) !== null);
  const state = (e, url) => {
    if (e.tagName === 'IMG') {
      if (!e.complete) return 'loading';
      // A dot embedded in the page is a placeholder for a picture that a script will set.
      if (e.naturalWidth === 1 && !/^https?:/i.test(e.currentSrc || e.src)) return 'loading';
      return e.naturalWidth > 0 ? 'loaded' : 'broken';
    }
    if (!url || url.startsWith('data:') || url.startsWith('blob:')) return 'loaded';
    const entry = [url, url.split('#')[0]].flatMap((name) => performance.getEntriesByName(name)).pop();
    if (!entry || !entry.responseEnd) return 'loading';
    return entry.responseStatus >= 400 ? 'broken' : 'loaded';
  };
  // Chromium gives pictures that differ only after "#" one address: that of the first, which can name another person.
  const bare = (url) => (url || '').split('#')[0];
  const source = (e) => (e.currentSrc && bare(e.currentSrc) !== bare(e.src) ? e.currentSrc : e.src);
  const pictures = everything.filter((e) => {
    if (e.tagName === 'IMG') return (e.src || e.srcset) && (shape(e) || shape(up(e) || e));
    if (e.tagName === 'CANVAS') return shape(e);
    if (e.tagName === 'image') return shape(e);
    return shape(e) && background(e) !== '';
  });
  const entries = pictures.map((e) => {
    const kind = e.tagName === 'IMG' ? 'img' : e.tagName === 'CANVAS' ? 'canvas' : e.tagName === 'image' ? 'svg' : 'background';
    const url = kind === 'img' ? source(e)
      : kind === 'canvas' ? (e.dataset.src ? new URL(e.dataset.src, document.baseURI).href : '')
      : kind === 'svg' ? (e.href && e.href.baseVal ? new URL(e.href.baseVal, document.baseURI).href : '') : background(e);
    return { e, kind, url, state: kind === 'canvas' ? 'loaded' : state(e, url),
      natural: kind === 'img' && e.naturalWidth ? [e.naturalWidth, e.naturalHeight]
        : kind === 'canvas' ? [e.width, e.height] : null };
  });
  // A user's selector may match a neighbor, or several people at once: what it matches has to look like one person's.
  const byUser = (n, kind) => GIVEN[kind].some((selector) => n.matches(selector));
  const inside = (n) => entries.filter(({ e }) => within(n, e));
  const ownCoin = (n) => byUser(n, 'coin') && shape(n) && inside(n).every(({ e }) => box(e).width * 2 > box(n).width);
  const coinOf = (e) => climb(e, (n) => n.matches(COIN)) || climb(e, ownCoin);
  const cardOf = (coin) => climb(coin, (n) => n !== coin && n.matches(CARD) && !n.matches(COIN));
  const areInitials = (e) => {
    if (e.matches(INITIALS)) return true;
    const letters = e.textContent.trim().toLowerCase();
    // A coin without a picture may have its letters in it, without an element of their own.
    if (e.matches(COIN) && /^\p{L}{1,3}$/u.test(letters)) return !all(e).some(areInitials);
    if (!byUser(e, 'initials') || !shape(e) || !/^\p{L}{1,3}$/u.test(letters)) return false;
    const card = climb(e, (n) => n !== e && (n.matches(CARD) || byUser(n, 'card')));
    const names = card ? words(card).toLowerCase().split(' ').filter((word) => word !== letters) : [];
    return [...letters].every((letter) => names.some((name) => name.startsWith(letter))) && !inside(card).length;
  };
  const covered = new Set(entries.map(({ e }) => coinOf(e) || e));
  for (const e of everything) {
    if (!areInitials(e) || !seen(e) || [...covered].some((c) => within(c, e) || within(e, c))) continue;
    entries.push({ e, kind: 'initials', url: '', state: 'loaded', natural: null });
  }
  if (itself && !entries.length) {
    // An account button without a picture: its initials, whatever they are wrapped in.
    const letters = everything.filter((e) => !e.children.length && seen(e) && /^[\p{L}\p{N}]{1,3}$/u.test(e.textContent.trim()));
    for (const e of letters.slice(0, 1)) {
      const holder = climb(e, (n) => shape(n)) || e;
      entries.push({ e: within(root, holder) ? holder : e, kind: 'initials', url: '', state: 'loaded', natural: null });
    }
  }
  entries.sort((a, b) => everything.indexOf(a.e) - everything.indexOf(b.e));
  const frames = everything.filter((e) => e.tagName === 'IFRAME').length;
  const found = { elements: [], cards: [], data: [], frames };
  for (const entry of entries) {
    entry.coin = coinOf(entry.e) || entry.e;
    entry.around = cardOf(entry.coin);
  }
  // A card with several people is nobody's: that is one with several coins, or with several pictures of one size and no coin.
  const isAlike = (a, b) => Math.min(box(a).width, box(b).width) > Math.max(box(a).width, box(b).width) * 0.8;
  const isCrowded = ({ e, coin, around }) => {
    const shown = entries.filter((x) => x.around === around && seen(x.e));
    const apart = shown.filter((x) => !within(coin, x.e) && !within(x.coin, e));
    if (coin.matches(COIN)) return apart.some((x) => x.coin.matches(COIN));
    return !shown.some((x) => x.coin.matches(COIN)) && apart.some((x) => isAlike(x.e, e));
  };
  for (const entry of entries) {
    const { e, coin } = entry;
    const initials = entry.kind === 'initials' ? e : all(coin).find((n) => n.matches(INITIALS) && seen(n));
    // A picture that is hidden while it loads, or for good after an error, leaves the initials visible.
    const shown = seen(e) ? entry.kind : initials ? 'initials' : 'hidden';
    const others = (card) => entries.some((x) => x.e !== e && within(card, x.e) && !within(coin, x.e));
    const isOnePersons = (n) => n !== root && climb(n, (m) => m === root) && !others(n);
    const quiet = words(coin);
    const widened = (card) => {
      let wide = card;
      for (let n = up(card); n && isOnePersons(n); n = up(n)) wide = n;
      return wide;
    };
    const linksIn = (n) => [n, ...all(n)].filter((l) => /^(mailto|sip|sips|im):/i.test(l.getAttribute('href') || ''));
    // What proves whose a picture is has to stand close to it: in the first element that says more than the coin.
    const nearest = (card) => {
      let near = card;
      for (let n = up(card); n && isOnePersons(n) && words(near) === quiet && !linksIn(near).length; n = up(n)) {
        near = n;
        if (n.matches(CARD)) break;
      }
      return near;
    };
    const hovered = climb(e, (n) => n.matches(HOVER)); // around one picture, it marks a person as a coin does
    const isHovered = hovered && !others(hovered);
    let card = entry.around && !isCrowded(entry) ? entry.around : coin;
    const own = climb(coin, (n) => n !== coin && byUser(n, 'card') && isOnePersons(n));
    if (own && (card === coin || others(card))) card = own;
    // What says nothing beside the coin, such as the hover target around it, is not yet the card: the name is further out.
    // A card that leaves the name out rules nobody out: what stands further out does count for that.
    const isSilent = words(card) === quiet;
    const whole = isSilent || card === own ? widened(card) : card;
    const name = all(isSilent ? whole : card).find((n) => n.matches(NAME));
    if (isSilent) card = nearest(card);
    // A link in a comment, or a mention, leads to whom the text is about.
    const theirs = (l) => {
      if (l.matches('[data-sp-mention-user-id]') || climb(l, (n) => n.matches(COMMENT))) return true;
      const inner = cardOf(l);
      return inner && inner !== card && within(card, inner) && entries.some((x) => !within(coin, x.e) && within(inner, x.e));
    };
    const links = linksIn(card).filter((l) => !theirs(l)).map((l) => l.getAttribute('href'));
    const said = words(name || whole);
    const labels = [e, coin, ...(isHovered ? [hovered] : [])].flatMap((n) => [n.getAttribute('alt'), n.getAttribute('aria-label')]);
    const target = (shape(coin) ? coin : shape(e) ? e : up(e)) || e;
    const b = box(target);
    found.elements.push(target);
    found.cards.push(card);
    found.data.push({ shown, kind: entry.kind, url: entry.url, state: entry.state,
      natural: entry.natural, links, name: said === words(coin) ? '' : said,
      described: (e.getAttribute('alt') || '').slice(0, 200),
      alt: (e.getAttribute('alt') || e.getAttribute('aria-label') || coin.getAttribute('aria-label') || '').slice(0, 200),
      label: [...new Set(labels.filter(Boolean))].join(' '),
      size: [b.width, b.height], dpr: window.devicePixelRatio,
      persona: coin.matches(COIN) || Boolean(isHovered),
      coin: coinOf(e) ? matched(coin, 'coin') : '', card: matched(card, 'card'), aside: false });
  }
  // What stands beside a person's coin on the same card, such as a badge or a picture that was added, is not the person's. Where
  // the coin shows initials, a picture of its size beside it may be the photo: then nothing says which of the two counts.
  const visible = found.data.map((row, n) => ({ row, e: entries[n].e, card: found.cards[n] })).filter(({ row }) => row.shown !== 'hidden');
  const coined = visible.filter(({ e }) => coinOf(e));
  for (const { row, e, card } of visible.filter((one) => !coined.includes(one))) {
    const isAsLarge = (one, other) => one.size[0] > other.size[0] * 0.8;
    const mates = coined.filter((one) => within(card, one.e) && isAsLarge(one.row, row)).map((one) => one.row);
    row.aside = mates.length > 0;
    for (const mate of mates) if (mate.shown === 'initials' && isAsLarge(row, mate)) mate.aside = true;
  }
  return found;
}

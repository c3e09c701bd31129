// Boxes, in CSS pixels of this frame, of everybody on the page who is not the subject: faces, cards, names.
([keep, [mine, exceptFor], hideMe, more]) => {
  const PERSON = '.ms-Persona, .fui-Persona, .fui-Avatar, .ms-Persona-coin, [data-lpc-hover-target-id], '
    + '[data-automation-id="sp-comment-block-root"], [data-automationid="sp-comment-block-root"]';
  const ME = '#O365_MainLink_Me, #O365_MainLink_MePhoto, #meInitialsButton, #mectrl_main_trigger, #mectrl_main_body, '
    + '#mectrl_headerPicture, [data-tid="me-control-mini-avatar"], #owa-me-control-container, #profilePhoto';
  // The account row and a panel without a known mark may show other people, too: there, only what is kept stays visible.
  const MINE_AMONG_OTHERS = '.fai-CopilotNavDrawerFooter, .fui-NavDrawerFooter, [data-tid="me-control-menu-dialog"], '
    + '[data-troubleshooter="account-panel"]';
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
  const REGION = more.map((s) => `${s}, `).join('') + '[data-sp-web-part-id="7f718435-ee4d-431c-bdbf-9c4ff326f46e" i], '
    + '[data-sp-feature-tag^="PeopleWebPart web part"], [data-automation-id="sp-comment-block-root"], '
    + '[data-automationid="sp-comment-block-root"], [data-automationid="pageHeader"], '
    + '[data-sp-web-part-id="cbe7b0a9-3504-44dd-a3a3-0e5cacd07788" i], [data-automation-id="pageHeader"]';
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
  for (const root of everything.filter((e) => e.matches(REGION))) if (!keep.some((k) => holds(k, root))) coverAllBut(root);
  const names = new Set();
  for (const e of everything) {
    if (hideMe && (e.matches(ME) || e.matches(MINE_AMONG_OTHERS))) hidden.add(e);
    else if (e.closest(ME)) continue;
    else if (e.matches(PERSON) && !isMine(e) && !keep.some((k) => e.contains(k)) && !all(e).some(isMine)) hidden.add(e);
    else if (PHOTO.test(addresses(e)) && !isMine(e)) hidden.add(e);
    else if (e.matches('a[href^="mailto:" i], a[href^="sip:" i]') && !within(e, keep)
      && !mine.some((m) => e.href.toLowerCase().includes(m))) hidden.add(e);
  }
  for (const e of hidden) {
    const name = e.querySelector('.ms-Persona-primaryText, .fui-Persona__primaryText, #mectrl_currentAccount_primary');
    const text = (name ? name.textContent : e.matches('a') ? e.textContent : '').trim();
    if (former(e) || [...e.querySelectorAll('img')].some(former)) continue; // the name beside it is the subject's, too
    if (text.length > 3) names.add(text);
    const label = (e.getAttribute('alt') || e.getAttribute('title') || e.getAttribute('aria-label') || '').trim();
    if (e.matches('img, [role="img"]') && label.length > 3) names.add(label);
  }
  const own = new Set(keep.flatMap((k) => [...k.querySelectorAll('.ms-Persona-primaryText, .fui-Persona__primaryText')]
    .map((n) => n.textContent.trim())));
  const boxes = [...hidden].filter(seen).map((e) => e.getBoundingClientRect());
  const wanted = [...names].filter((n) => !own.has(n));
  for (const e of wanted.length ? everything : []) {
    if (within(e, keep) || [...hidden].some((h) => h.contains(e))) continue;
    for (const node of e.childNodes) {
      if (node.nodeType !== 3) continue;
      for (const name of wanted) {
        for (let at = node.data.indexOf(name); at >= 0; at = node.data.indexOf(name, at + name.length)) {
          const range = document.createRange();
          range.setStart(node, at); range.setEnd(node, at + name.length);
          boxes.push(...range.getClientRects());
        }
      }
    }
  }
  return boxes.filter((b) => b.width > 1 && b.height > 1 && b.bottom > 0 && b.right > 0
    && b.top < innerHeight && b.left < innerWidth).map((b) => [b.left, b.top, b.width, b.height]);
}

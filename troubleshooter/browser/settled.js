// Resolves once the page has not changed for a while, its pictures are decoded, and whatever fades in has done so.
//
// What counts as a change: elements, attributes that decide what is drawn, a picture that has loaded or failed, scrolling, and
// input. A page is watched from the first call on, so that a later call need not wait for what has passed already.
// quiet: how long nothing may have changed, in ms. least: how long to wait in any case, in ms, because the browser may have
// received something that the page has yet to handle.
([quiet, least]) => {
  const KEY = Symbol.for('troubleshooter.changes');
  const LONGEST = Math.max(12 * quiet, least);
  const FADE = 3000;
  const begun = performance.now();
  if (!document[KEY]) {
    const changes = document[KEY] = { last: begun, decoded: new WeakMap() };
    const note = () => { changes.last = performance.now(); };
    const attributeFilter = ['src', 'srcset', 'class', 'style', 'hidden', 'aria-expanded', 'open'];
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter });
    for (const type of ['load', 'error', 'scroll', 'mouseover', 'pointerdown', 'click', 'keydown', 'transitionrun', 'animationstart']) {
      document.addEventListener(type, note, { capture: true, passive: true });
    }
  }
  const changes = document[KEY];
  const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const within = (ms, work) => Promise.race([work, new Promise((done) => setTimeout(done, ms))]);

  // A picture that has arrived is drawn only once it is decoded.
  const undecoded = () => [...document.images]
    .filter((i) => i.complete && i.naturalWidth > 0 && changes.decoded.get(i) !== i.currentSrc);
  const decoded = (i) => i.decode().catch(() => {}).then(() => changes.decoded.set(i, i.currentSrc));
  const shows = (e) => e && (e.matches('img, canvas, svg, image') || e.querySelector('img, canvas, image')
    || getComputedStyle(e).backgroundImage !== 'none');
  const fades = () => document.getAnimations().filter((a) => a.playState === 'running' && a.effect
    && Number.isFinite(a.effect.getComputedTiming().endTime) && a.effect.getComputedTiming().duration > 0 && shows(a.effect.target));
  const faded = (a) => a.finished.catch(() => {});

  const unchanged = async () => {
    for (;;) {
      const now = performance.now();
      const left = Math.max(changes.last + quiet - now, begun + least - now);
      if (left <= 0 || now - begun > LONGEST) return;
      await new Promise((done) => setTimeout(done, Math.min(left, begun + LONGEST - now) + 1));
    }
  };
  return (async () => {
    await frames();
    await unchanged();
    const coming = [...undecoded().map(decoded), ...fades().map(faded)];
    if (!coming.length) return; // what is there has been drawn
    await within(FADE, Promise.all(coming));
    await frames();
  })();
}

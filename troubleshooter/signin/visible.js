// What a person could see and use, as the browser computes it; inserted into the functions that need it.
const clipped = (e) => {
  const box = e.getBoundingClientRect();
  let [top, right, bottom, left] = [box.top, box.right, box.bottom, box.left];
  for (let at = e; at instanceof Element; at = at.parentElement) {
    const style = getComputedStyle(at);
    const [above, to, below, from] = (style.clip.match(/-?[\d.]+/g) || []).map(Number);
    if (style.clip.startsWith('rect') && (below - above <= 1 || to - from <= 1)) return true;
    if (/^inset\((50|100)%/.test(style.clipPath) || /^circle\(0/.test(style.clipPath)) return true;
    if (style.position === 'fixed') return false;
    if (at === e || at === document.body || at === document.documentElement) continue;
    // A view that slid out of its box, or whose box was collapsed: nobody can scroll there.
    const around = at.getBoundingClientRect();
    if (/hidden|clip/.test(style.overflowX)) [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
    if (/hidden|clip/.test(style.overflowY)) [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
    if (right - left <= 1 || bottom - top <= 1) return true;
  }
  return false;
};
const inSight = (e) => {
  if (!e || !e.isConnected || e.closest('.moveOffScreen')) return false;
  if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
  const box = e.getBoundingClientRect();
  const room = Math.max(window.innerWidth, document.documentElement.scrollWidth) - window.scrollX;
  return box.width > 1 && box.height > 1 && box.right > 0 && box.left < room && box.bottom + window.scrollY > 0
    && !clipped(e);
};
const visible = (e) => inSight(e) && !e.closest('[aria-hidden="true"], [inert]');
const usable = (e) => visible(e) && !e.matches(':disabled') && !e.readOnly;
// Large enough to hold a form.
const roomy = (e) => visible(e) && e.getBoundingClientRect().width > 100 && e.getBoundingClientRect().height > 60;

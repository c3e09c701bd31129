// What a person could see and use, by what the browser computes; part of the functions that need it.
const clipped = (e) => {
  for (let at = e; at instanceof Element; at = at.parentElement) {
    const style = getComputedStyle(at);
    const [top, right, bottom, left] = (style.clip.match(/-?[\d.]+/g) || []).map(Number);
    if (style.clip.startsWith('rect') && (bottom - top <= 1 || right - left <= 1)) return true;
    if (/^inset\((50|100)%/.test(style.clipPath) || /^circle\(0/.test(style.clipPath)) return true;
  }
  return false;
};
const visible = (e) => {
  if (!e || !e.isConnected || e.closest('.moveOffScreen, [aria-hidden="true"], [inert]')) return false;
  if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
  const box = e.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + window.scrollY > 0 && !clipped(e);
};
const usable = (e) => visible(e) && !e.disabled && !e.readOnly;

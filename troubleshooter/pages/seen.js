// Whether a person sees an element, or can scroll to it: not what is transparent, slid out of the window, or cut off by a
// box that nobody can scroll. An element that a tour takes out of the accessibility tree is still drawn.
const seen = (element) => {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  let { top, right, bottom, left } = element.getBoundingClientRect();
  let free = false; // a box does not cut off what is positioned outside of it
  for (let at = element; at && at !== document.body && at !== document.documentElement; at = at.parentElement) {
    const style = getComputedStyle(at);
    const holds = style.position !== 'static' || style.transform !== 'none';
    if (at !== element && (holds || !free)) {
      free = false;
      const around = at.getBoundingClientRect();
      const scrolls = (how, inner, outer) => /auto|scroll/.test(how) && inner > outer;
      if (scrolls(style.overflowX, at.scrollWidth, at.clientWidth)) [left, right] = [around.left, around.right];
      else if (/hidden|clip/.test(style.overflowX)) [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
      if (scrolls(style.overflowY, at.scrollHeight, at.clientHeight)) [top, bottom] = [around.top, around.bottom];
      else if (/hidden|clip/.test(style.overflowY)) [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
      if (right - left <= 1 || bottom - top <= 1) return false;
    }
    if (style.position === 'fixed') return right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
    if (style.position === 'absolute') free = true;
  }
  // A page that is written from right to left scrolls to the left.
  const root = document.documentElement;
  const wide = Math.max(innerWidth, root.scrollWidth), leftward = getComputedStyle(root).direction === 'rtl';
  const [from, to] = leftward ? [innerWidth - wide, innerWidth] : [0, wide];
  return right + scrollX > from && left + scrollX < to && bottom + scrollY > 0;
};

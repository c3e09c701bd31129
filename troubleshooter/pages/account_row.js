// Marks the account button in the footer of the navigation drawer: the lowest row of it, of which only the button with
// a coin counts, not a menu beside it. Returns how many buttons of that row it could be, 0 if the candidate is not in
// such a footer; or `true` if it is the candidate. given: `candidate`, a button that a selector found; `footers`, selectors of the footer.
const footer = given.candidate.closest(given.footers);
// A tour may take the whole drawer out of the accessibility tree, which `shown` would call hidden.
const drawn = (n) => n.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  && box(n).width > 4 && box(n).height > 4;
const pressed = footer ? every.filter((n) => within(footer, n) && n.matches('button, [role=button], a') && drawn(n)) : [];
const outermost = pressed.filter((n) => !pressed.some((other) => other !== n && within(other, n)));
const lowest = outermost.reduce((low, n) => (low && box(low).bottom >= box(n).bottom ? low : n), null);
const beside = (n) => Math.min(box(n).bottom, box(lowest).bottom) - Math.max(box(n).top, box(lowest).top)
  > Math.min(box(n).height, box(lowest).height) / 2;
const row = outermost.filter(beside);
// The coin is a picture, initials, or a photo in the style.
const coined = (n) => [n, ...n.querySelectorAll('*')].some((m) => m.matches('img, [class*=Avatar], [role=img]')
  || getComputedStyle(m).backgroundImage.includes('url('));
const candidates = row.some(coined) ? row.filter(coined) : row;
mark(candidates.length === 1 ? candidates[0] : null, 'account-row');
return candidates.length === 1 && within(candidates[0], given.candidate) ? true : candidates.length;

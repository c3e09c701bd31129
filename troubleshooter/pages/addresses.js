// Returns the addresses that a page shows as whole texts or titles; null while there are none. given: nothing.
const ADDRESS = /^[^\s@<>()"',;:]+@[^\s@<>()"',;:]+\.[^\s@<>()"',;:.]{2,}$/u;
const texts = every.filter(shown).flatMap((n) => [n.children.length ? '' : n.textContent, n.getAttribute('title') || '']);
const addresses = [...new Set(texts.map((text) => text.trim().toLowerCase()).filter((text) => ADDRESS.test(text)))];
return addresses.length ? { addresses } : null;

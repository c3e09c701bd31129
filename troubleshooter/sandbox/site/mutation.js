({ kind, element, name, decoy, path }) => {
  // Changes the elements that `element` selects as soon as they are there, and places a decoy before each: what looks
  // alike, carries none of its names, and tells the tenant when it is clicked or typed into.
  const targets = new Set(), changed = new WeakSet(), removed = new Map(), roots = [document];
  const decoys = window.sandboxDecoys = new Map();
  const OTHER = "Other";
  if (!element) return;

  const tell = (what) => fetch(path, { method: "POST", body: what, keepalive: true }).catch(() => null);
  const plain = (copy) => {
    for (const { name: own } of [...copy.attributes]) {
      if (!["type", "role", "width", "height", "tabindex", ...(kind === "removal" ? ["hidden"] : [])].includes(own)) {
        copy.removeAttribute(own);
      }
    }
    if (copy.tagName === "IMG") copy.src = path;
    if (copy.tagName === "A") copy.href = "#";
    if (copy.tagName === "INPUT" && copy.type === "submit") copy.type = "button";
    if (copy.tagName === "INPUT") copy.value = copy.type === "button" ? OTHER : "";
    if (copy.tagName === "BUTTON") copy.type = "button";
    for (const node of copy.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.data)) node.data = OTHER;
    }
  };
  const SHARED = ["width", "height", "background-color", "color", "border-radius", "padding", "font"];
  const look = (from, to) => {
    const style = getComputedStyle(from);
    for (const property of SHARED) to.style.setProperty(property, style.getPropertyValue(property));
  };
  const standIn = (target) => {
    const copy = target.cloneNode(decoy === "alike");
    const pairs = [[target, copy]];
    if (decoy === "alike") {
      const copies = copy.querySelectorAll("*");
      target.querySelectorAll("*").forEach((own, index) => pairs.push([own, copies[index]]));
    }
    for (const [own, other] of pairs) {
      if (["SCRIPT", "IFRAME"].includes(other.tagName)) { other.remove(); continue; }
      plain(other);
      if (decoy === "alike") look(own, other);
    }
    if (decoy === "shell") {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = OTHER;
      copy.append(button);
    } else if (!copy.children.length && !copy.textContent && copy.tagName === "DIV") {
      copy.textContent = OTHER;
    }
    copy.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); tell("click"); });
    copy.addEventListener("input", () => tell("input"));
    return copy;
  };
  // A decoy can be seen exactly when its original could, and never lies over it.
  const follow = () => {
    for (const [target, copy] of decoys) {
      if (kind === "removal") continue;
      const visible = target.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !target.classList.contains("moveOffScreen");
      const display = visible ? (getComputedStyle(target).display === "inline" ? "inline-block" : "block") : "none";
      if (copy.style.display !== display) copy.style.display = display;
      if (copy.style.position !== "static") copy.style.position = "static";
    }
  };

  const unnamed = (e) => {
    if (!e.hasAttribute(name) || changed.has(e)) return;
    if (name === "type") changed.add(e); // it stays, with a value that says less
    if (name === "href") {
      const { href, target } = e;
      e.addEventListener("click", () => { if (target) window.open(href); else location.href = href; });
    }
    if (name === "type" && e.matches("input")) e.type = "text"; else e.removeAttribute(name);
  };
  const CALLED = "Qxwz";
  const relabelled = (e) => {
    for (const own of ["aria-label", "title", "placeholder", "alt", "value"]) {
      const counts = own !== "value" || e.matches("input[type=submit], input[type=button]");
      if (counts && e.getAttribute(own) && e.getAttribute(own) !== CALLED) e.setAttribute(own, CALLED);
    }
    if (e.matches("input[type=submit]") && e.value !== CALLED) e.value = CALLED;
    for (const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT); walk.nextNode();) {
      const node = walk.currentNode;
      if (/\p{L}/u.test(node.data) && node.data !== CALLED && node.parentElement.tagName !== "SCRIPT") node.data = CALLED;
    }
  };
  const gone = (e) => {
    if (document.readyState === "loading") return; // its scripts come first; until then a style hides it
    if (e.id) removed.set(e.id, e);
    e.remove();
  };

  const sweep = () => {
    for (const root of roots) {
      for (const e of root.querySelectorAll(element)) {
        if (!targets.has(e) && ![...decoys.values()].some((copy) => copy.contains(e))) targets.add(e);
      }
    }
    for (const e of targets) {
      if (decoy !== "none" && !decoys.has(e) && e.parentNode && e.isConnected && (kind !== "removal" || document.readyState !== "loading")) {
        const copy = standIn(e);
        decoys.set(e, copy);
        e.before(copy);
      }
      if (kind === "attribute") unnamed(e);
      if (kind === "label") relabelled(e);
      if (kind === "removal" && e.isConnected) gone(e);
    }
    follow();
  };
  const watch = (root) => new MutationObserver(sweep)
    .observe(root, { subtree: true, childList: true, attributes: true, characterData: true });

  if (kind === "removal") {
    const style = document.createElement("style");
    style.textContent = `${element} { display: none !important; }`;
    document.head.append(style);
    const real = document.getElementById.bind(document);
    document.getElementById = (id) => real(id) || removed.get(id) || null;
  }
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    roots.push(root);
    watch(root);
    return root;
  };
  watch(document);
  document.addEventListener("DOMContentLoaded", sweep);
  addEventListener("transitionend", follow, true);
  addEventListener("load", follow, true);
}

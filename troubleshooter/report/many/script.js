"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);

  // Show times in the reader's zone; UTC remains in the title, in print, and without this script.
  const shape = new Intl.DateTimeFormat(root.lang, {
    hourCycle: "h23", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });
  for (const time of document.querySelectorAll("time[datetime]")) {
    find(".local", time).textContent = shape.format(new Date(time.dateTime));
  }
  root.classList.add("zoned");

  // Unfold everything for printing.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });

  const table = find(".people table");
  if (!table) return;
  const body = find("tbody", table);
  const form = find(".filters");
  const status = find(".found");
  const pager = find(".pager");
  const words = table.dataset;
  const data = JSON.parse(find("#data").textContent);
  const names = ["number", "upn", "name", "standing", "change", "marks", "group", "advices", "title", "note", "sentences", "report", "reference", "copy", "facts"];
  const rows = data.rows.map((packed, order) => {
    const row = { order };
    names.forEach((name, at) => (row[name] = packed[at] || 0));
    return row;
  });
  const number = new Intl.NumberFormat(root.lang);
  const collator = new Intl.Collator(root.lang, { numeric: true });
  let shown = rows;
  let page = 0;
  let sorted = { by: "result", up: true };

  // Elements are made from texts only, never from markup.
  const made = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element && name !== "role") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== "" && child !== null));
    return element;
  };
  const bdi = (text, className = "") => made("bdi", { className }, text);
  const icons = new Map();
  for (const icon of document.querySelectorAll("svg.icon:not(.large)")) icons.set(icon.getAttribute("class").trim(), icon);
  const iconOf = (row) => {
    const icon = icons.get(`icon ${data.standings[row.standing][2]}`);
    return icon ? icon.cloneNode(true) : null;
  };
  const texts = (numbers) => (numbers || []).map((at) => data.texts[at]);

  const picture = (url, label, side) =>
    made("a", { href: url }, made("img", { loading: "lazy", width: side, height: side, alt: label, src: url }));

  const known = new WeakMap();

  // Copying a row is several times faster than making one.
  const model = made(
    "tr",
    { className: "row", role: "row" },
    made("th", { scope: "row", role: "rowheader" }, made("button", { type: "button", className: "opener", "aria-expanded": "false" })),
    made("td", { role: "cell", className: "result" }, made("span", { className: "word" })),
    made("td", { role: "cell", className: "why" }),
    made("td", { role: "cell", className: "proof" }),
  );
  const drawn = (row) => {
    const line = model.cloneNode(true);
    const [who, result, why, proof] = line.children;
    if (row.name) who.firstChild.append(made("b", {}, bdi(row.name)));
    who.firstChild.append(bdi(row.upn, "upn"));
    const icon = iconOf(row);
    if (icon) result.firstChild.append(icon);
    result.firstChild.append(data.standings[row.standing][1]);
    if (row.marks) result.append(...data.marks.filter((_, bit) => row.marks & (1 << bit)).map(([, label]) => made("span", { className: "mark" }, label)));
    if (row.change) result.append(made("span", { className: "mark" }, data.changes[row.change][1]));
    if (row.title) why.append(data.texts[row.title]);
    if (row.note) why.append(made("span", { className: "note" }, data.texts[row.note]));
    if (row.reference) proof.append(picture(row.reference, words.source, 40));
    if (row.copy) proof.append(picture(row.copy, words.sharepoint, 40));
    if (row.report) proof.append(made("a", { href: row.report }, data.whole ? words.report : words.details));
    known.set(line, row);
    return line;
  };
  // What opening a row shows.
  const inside = (row) => {
    const cell = made("td", { colSpan: 4, role: "cell" });
    cell.append(...texts(row.sentences).map((text) => made("p", {}, text)));
    const sides = [[row.reference, words.source], [row.copy, words.sharepoint]].filter(([url]) => url);
    if (sides.length) {
      cell.append(
        made("div", { className: "pictures" }, ...sides.map(([url, label]) => made("figure", {}, made("img", { src: url, alt: label }), made("figcaption", {}, label)))),
      );
    }
    if (row.report) cell.append(made("p", {}, made("a", { href: row.report }, data.whole ? words.whole : words.details)));
    for (const at of row.advices || []) {
      const advice = data.advices[at];
      cell.append(made("h3", {}, advice.cause ? made("span", { className: "id" }, `${advice.key} `) : null, advice.title));
      if (advice.do) cell.append(made("p", {}, advice.do));
      const terms = [[words.who, advice.who], [words.wait, advice.wait]].filter(([, text]) => text);
      if (terms.length) {
        cell.append(made("p", { className: "terms" }, ...terms.map(([label, text]) => made("span", {}, made("b", {}, label), ` ${text}`))));
      }
    }
    const facts = texts(row.facts);
    const list = made("dl", { className: "facts" });
    for (let at = 0; at < facts.length; at += 2) {
      list.append(made("div", {}, made("dt", {}, facts[at]), made("dd", {}, bdi(facts[at + 1]))));
    }
    const address = `#user=${encodeURIComponent(row.upn)}`;
    list.append(made("div", {}, made("dt", {}, words.link), made("dd", {}, made("a", { href: address }, address))));
    cell.append(list);
    return made("tr", { className: "inside", role: "row" }, cell);
  };

  const remember = (hash) => {
    try {
      history.replaceState(null, "", hash || location.pathname + location.search);
    } catch {
      // A viewer that forbids it still shows everything.
    }
  };
  const button = (line) => find(".opener", line);
  const lines = () => [...body.querySelectorAll("tr.row")];
  const open = (line, opened) => {
    const wanted = opened ?? button(line).getAttribute("aria-expanded") !== "true";
    button(line).setAttribute("aria-expanded", String(wanted));
    const next = line.nextElementSibling;
    if (next && next.matches(".inside")) next.remove();
    if (wanted) line.after(inside(known.get(line)));
  };

  // The table's page.
  const filled = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const draw = () => {
    const last = Math.max(0, Math.ceil(shown.length / data.page) - 1);
    page = Math.min(Math.max(page, 0), last);
    const from = page * data.page;
    const part = shown.slice(from, from + data.page);
    body.replaceChildren(...part.map(drawn));
    const counts = { found: number.format(shown.length), count: number.format(rows.length), first: number.format(from + 1), last: number.format(from + part.length) };
    const said = filled(shown.length === rows.length ? status.dataset.all : status.dataset.some, counts);
    const where = filled(status.dataset.page, counts);
    status.textContent = last > 0 ? `${said}, ${where}` : said;
    pager.hidden = last === 0;
    find(".where", pager).textContent = where;
    for (const step of pager.querySelectorAll("button")) {
      step.disabled = ["first", "previous"].includes(step.dataset.go) ? page === 0 : page === last;
    }
  };

  // Search, filter and sort.
  const plain = (text) => (/^[\x20-\x7e]*$/.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, "")).toLowerCase();
  const searched = (row) => {
    if (row.text === undefined) {
      const advices = (row.advices || []).map((at) => `${data.advices[at].key} ${data.advices[at].title}`);
      row.text = plain([row.upn, row.name || "", data.texts[row.title], data.texts[row.note], ...advices].join(" "));
    }
    return row.text;
  };
  const prepare = (from) => {
    // The texts for the search, made while the reader is still reading; a search before that makes them itself.
    const to = Math.min(from + 500, rows.length);
    for (let at = from; at < to; at += 1) searched(rows[at]);
    if (to < rows.length) later(() => prepare(to));
  };
  const later = (task) => (window.requestIdleCallback ? requestIdleCallback(task) : setTimeout(task, 50));
  const chosen = (name) => (form.elements[name] ? form.elements[name].value : "");
  const matching = () => {
    const needles = plain(chosen("q")).split(/\s+/).filter(Boolean);
    const standing = data.standings.findIndex(([id]) => id === chosen("result"));
    const group = data.advices.findIndex((advice) => advice.key === chosen("cause"));
    const change = data.changes.findIndex(([id]) => id === chosen("change"));
    const mark = data.marks.findIndex(([id]) => id === chosen("mark"));
    return rows.filter(
      (row) =>
        (standing < 0 || row.standing === standing) &&
        (group < 0 || row.group === group + 1) &&
        (change < 1 || row.change === change) &&
        (mark < 0 || row.marks & (1 << mark)) &&
        needles.every((needle) => searched(row).includes(needle)),
    );
  };
  const keys = {
    user: (row) => row.name || row.upn,
    result: (row) => row.standing,
    why: (row) => data.texts[row.title],
  };
  const ordered = (some) => {
    if (sorted.by === "result" && sorted.up) return some;
    const key = keys[sorted.by];
    const sign = sorted.up ? 1 : -1;
    const compare = sorted.by === "result" ? (a, b) => a - b : collator.compare;
    return some.map((row) => [key(row), row]).sort(([a, x], [b, y]) => sign * compare(a, b) || x.order - y.order).map(([, row]) => row);
  };
  const update = () => {
    shown = ordered(matching());
    page = 0;
    draw();
  };
  const written = () => {
    const parts = ["q", "result", "cause", "change", "mark"].filter(chosen).map((name) => `${name}=${encodeURIComponent(chosen(name))}`);
    remember(parts.length ? `#${parts.join("&")}` : "");
  };

  for (const head of table.querySelectorAll("th[data-sort]")) {
    const label = head.textContent;
    head.replaceChildren(made("button", { type: "button" }, label));
    head.firstChild.addEventListener("click", () => {
      sorted = { by: head.dataset.sort, up: sorted.by === head.dataset.sort ? !sorted.up : true };
      for (const other of table.querySelectorAll("th[data-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", sorted.up ? "ascending" : "descending");
      update();
    });
  }
  form.addEventListener("input", () => {
    update();
    later(written);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    update();
    written();
  }));
  pager.addEventListener("click", (event) => {
    const step = event.target.closest("button");
    if (!step) return;
    page = { first: 0, previous: page - 1, next: page + 1, last: Infinity }[step.dataset.go];
    draw();
    find(".people h2").scrollIntoView();
    if (body.firstChild) button(body.firstChild).focus({ preventScroll: true });
  });
  body.addEventListener("click", (event) => {
    const line = event.target.closest("tr.row");
    if (!line || event.target.closest("a")) return;
    open(line);
    remember(button(line).getAttribute("aria-expanded") === "true" ? `#user=${encodeURIComponent(known.get(line).upn)}` : "");
  });

  // Keys.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      form.elements.q.focus();
      return;
    }
    if (!body.contains(event.target)) return;
    const line = event.target.closest("tr.row") ?? event.target.closest("tr.inside").previousElementSibling;
    const all = lines();
    const at = all.indexOf(line);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined && all[to] && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      button(all[to]).focus();
    } else if (event.key === "Escape") {
      open(line, false);
      button(line).focus();
    }
  });

  // Links to one user, and to what is filtered: a plus sign in an address stays one.
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const asked = () => {
    const pairs = location.hash.slice(1).split("&").map((pair) => [pair.split("=", 1)[0], decoded(pair.slice(pair.indexOf("=") + 1))]);
    return Object.fromEntries(pairs.filter(([name, value]) => value && ["user", "q", "result", "cause", "change", "mark"].includes(name)));
  };
  const follow = () => {
    const wanted = asked();
    if (!Object.keys(wanted).length) return;
    for (const field of form.elements) if (field.name) field.value = wanted[field.name] ?? "";
    update();
    if (wanted.user === undefined) {
      find(".people").scrollIntoView();
      return;
    }
    const upn = wanted.user.toLowerCase();
    const at = shown.findIndex((row) => row.upn.toLowerCase() === upn);
    if (at < 0) {
      status.textContent = filled(status.dataset.nobody, { user: wanted.user });
      status.scrollIntoView();
      return;
    }
    page = Math.floor(at / data.page);
    draw();
    const line = lines()[at - page * data.page];
    open(line, true);
    line.scrollIntoView({ block: "center" });
    button(line).focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);

  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
  for (const element of document.querySelectorAll(".unscripted")) element.hidden = true;
  form.hidden = false;
  draw();
  follow();
  later(() => prepare(0));
})();

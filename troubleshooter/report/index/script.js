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

  const form = find("form");
  if (!form) return;
  const status = find(".found");
  const number = new Intl.NumberFormat(root.lang);
  const rows = [...document.querySelectorAll("tbody tr")].map((line) => {
    const { verdict, cause, user, day, again } = line.dataset;
    const due = Boolean(again) && new Date(again) <= new Date();
    const mark = find(".due", line);
    if (mark) mark.hidden = !due;
    const text = `${line.textContent} ${verdict} ${cause}`.toLowerCase();
    return { line, verdict: verdict.split(" "), cause: cause.split(" "), user: user.toLowerCase(), day, due, text };
  });
  find(".due-count").textContent = number.format(rows.filter((row) => row.due).length);

  const fits = (row, wanted) =>
    wanted.words.every((word) => row.text.includes(word)) &&
    (!wanted.verdict || row.verdict.includes(wanted.verdict)) &&
    (!wanted.cause || row.cause.includes(wanted.cause)) &&
    (!wanted.user || row.user.includes(wanted.user)) &&
    (!wanted.from || row.day >= wanted.from) &&
    (!wanted.to || row.day <= wanted.to) &&
    (!wanted.due || row.due);

  const filter = () => {
    const value = (name) => (form.elements[name] ? form.elements[name].value : "");
    const wanted = {
      words: value("q").toLowerCase().split(/\s+/).filter(Boolean),
      verdict: value("verdict"),
      cause: value("cause"),
      user: value("user").trim().toLowerCase(),
      from: value("from"),
      to: value("to"),
      due: form.elements.due.checked,
    };
    let found = 0;
    for (const row of rows) {
      const shown = fits(row, wanted);
      row.line.hidden = !shown;
      if (shown) found += 1;
    }
    const words = { found: number.format(found), count: number.format(rows.length) };
    status.textContent = status.dataset.some.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  };
  form.hidden = false;
  status.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
})();

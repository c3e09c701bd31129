"use strict";
(() => {
  const root = document.documentElement;

  // Show times in the reader's zone; UTC remains in the title, in print, and without this script.
  const form = (options) => new Intl.DateTimeFormat(root.lang, { hourCycle: "h23", ...options });
  const day = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" };
  const shapes = {
    date: form(day),
    exact: form({ ...day, second: "2-digit" }),
    clock: form({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  };
  const zoned = form({ ...day, timeZoneName: "short" });
  for (const time of document.querySelectorAll("time[datetime]")) {
    const shape = time.closest(".line, .verdict, .remedy, .evidence, .findings") ? zoned : shapes[time.dataset.shape];
    time.querySelector(".local").textContent = shape.format(new Date(time.dateTime));
  }
  root.classList.add("zoned");

  // Unfold what a link leads into.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Unfold everything for printing.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });

  // Copy the text for the ticket, or for the user.
  for (const copy of document.querySelectorAll(".copy")) {
    const area = document.getElementById(copy.dataset.text);
    const said = copy.parentElement.querySelector(".copied");
    const select = () => {
      area.closest("details").open = true;
      area.focus();
      area.select();
    };
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(area.value);
        said.textContent = copy.dataset.done;
      } catch {
        select();
        said.textContent = document.execCommand("copy") ? copy.dataset.done : copy.dataset.manual;
      }
    });
  }
})();

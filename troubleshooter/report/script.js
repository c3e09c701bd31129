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
    const shape = time.closest(".line") ? zoned : shapes[time.dataset.shape];
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

  // Copy the text for the ticket.
  const copy = document.querySelector(".copy");
  if (copy) {
    const area = copy.closest(".ticket").querySelector("textarea");
    const said = copy.closest(".ticket").querySelector(".copied");
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

  // Compare two pictures.
  const bench = document.querySelector(".bench");
  if (bench) {
    const stage = bench.querySelector(".stage");
    const canvas = bench.querySelector("canvas");
    const panes = { a: bench.querySelector(".first"), b: bench.querySelector(".second") };
    const source = (side) => document.getElementById(bench.elements[side].value).querySelector("img");

    const drawDifference = () => {
      const side = canvas.width;
      const read = (picture) => {
        const scratch = document.createElement("canvas");
        scratch.width = scratch.height = side;
        const context = scratch.getContext("2d", { willReadFrequently: true });
        context.drawImage(picture, 0, 0, side, side);
        return context.getImageData(0, 0, side, side);
      };
      const [first, second] = [read(source("a")), read(source("b"))];
      for (let i = 0; i < first.data.length; i += 4) {
        const away = Math.max(...[0, 1, 2].map((c) => Math.abs(first.data[i + c] - second.data[i + c])));
        const heat = Math.min(1, (away / 255) * 1.6);
        first.data.set([255 * Math.min(1, heat * 1.6), 255 * heat * heat, 70 * heat, 255], i);
      }
      canvas.getContext("2d", { willReadFrequently: true }).putImageData(first, 0, 0);
    };

    const show = () => {
      const mode = bench.elements.mode.value;
      const share = Number(bench.elements.share.value);
      stage.dataset.mode = mode;
      for (const side of ["a", "b"]) {
        const picture = panes[side].querySelector("img");
        const original = source(side);
        if (picture.src !== original.src) picture.src = original.src;
        picture.alt = original.alt;
        panes[side].querySelector("p").textContent = bench.elements[side].selectedOptions[0].textContent;
      }
      const top = panes.b.style;
      top.clipPath = mode === "slider" ? `inset(0 0 0 ${100 - share}%)` : "";
      top.opacity = mode === "overlay" ? share / 100 : "";
      if (mode === "difference") drawDifference();
    };
    bench.hidden = false;
    bench.addEventListener("input", show);
    bench.addEventListener("submit", (event) => event.preventDefault());
    bench.closest("details").addEventListener("toggle", show);
  }

  // Enlarge a photograph of a step.
  for (const frame of document.querySelectorAll(".shot .frame:has(img)")) {
    const large = () => {
      const dialog = document.createElement("dialog");
      const close = document.createElement("button");
      const picture = frame.querySelector("img");
      const copied = frame.cloneNode(true);
      dialog.setAttribute("aria-label", picture.alt);
      copied.removeAttribute("aria-label");
      copied.removeAttribute("tabindex");
      copied.removeAttribute("role");
      close.textContent = "✕";
      close.setAttribute("aria-label", document.querySelector(".steps").dataset.close);
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
      dialog.addEventListener("close", () => dialog.remove());
      dialog.style.setProperty("--ratio", picture.width / picture.height);
      dialog.append(close, copied);
      document.body.append(dialog);
      dialog.showModal();
    };
    frame.classList.add("zoomable");
    frame.tabIndex = 0;
    frame.setAttribute("role", "button");
    frame.setAttribute("aria-label", `${document.querySelector(".steps").dataset.large}: ${frame.querySelector("img").alt}`);
    frame.addEventListener("click", large);
    frame.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      large();
    });
  }
})();

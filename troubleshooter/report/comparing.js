(() => {
  // Compare two pictures: side by side, overlay, difference, slider, or one in place of the other.
  const bench = document.querySelector(".bench");
  if (!bench) return;
  const stage = bench.querySelector(".stage");
  const canvas = bench.querySelector("canvas");
  const panes = { a: bench.querySelector(".first"), b: bench.querySelector(".second") };
  const flip = bench.querySelector(".flip");
  const zoom = bench.querySelector(".zoom");
  const original = (side) => document.getElementById(bench.elements[side].value).querySelector("img");

  // The embedded bytes can be read; those of a file beside the page cannot.
  const readable = async (picture) => {
    const embedded = /url\("(data:[^"]+)"\)/.exec(getComputedStyle(picture).content);
    const copy = new Image();
    copy.src = embedded ? embedded[1] : picture.src;
    await copy.decode();
    return copy;
  };

  const drawDifference = async () => {
    const pictures = await Promise.all(["a", "b"].map((side) => readable(original(side))));
    const side = canvas.width;
    const [first, second] = pictures.map((picture) => {
      const scratch = document.createElement("canvas");
      scratch.width = scratch.height = side;
      const context = scratch.getContext("2d", { willReadFrequently: true });
      context.drawImage(picture, 0, 0, side, side);
      return context.getImageData(0, 0, side, side);
    });
    for (let i = 0; i < first.data.length; i += 4) {
      const away = Math.max(...[0, 1, 2].map((c) => Math.abs(first.data[i + c] - second.data[i + c])));
      const heat = Math.min(1, (away / 255) * 1.6);
      first.data.set([255 * Math.min(1, heat * 1.6), 255 * heat * heat, 70 * heat, 255], i);
    }
    canvas.getContext("2d", { willReadFrequently: true }).putImageData(first, 0, 0);
    canvas.dataset.drawn = `${bench.elements.a.value} ${bench.elements.b.value}`;
  };

  const show = () => {
    const mode = bench.elements.mode.value;
    const share = Number(bench.elements.share.value);
    stage.dataset.mode = mode;
    for (const side of ["a", "b"]) {
      const picture = panes[side].querySelector("img");
      const from = original(side);
      picture.className = from.className;
      picture.src = from.getAttribute("src");
      picture.alt = from.alt;
      panes[side].querySelector("p").textContent = bench.elements[side].selectedOptions[0].textContent;
    }
    const top = panes.b.style;
    top.clipPath = mode === "slider" ? `inset(0 0 0 ${100 - share}%)` : "";
    top.opacity = mode === "overlay" ? share / 100 : "";
    if (mode === "difference") drawDifference();
  };

  const other = () => {
    stage.dataset.shown = stage.dataset.shown === "b" ? "a" : "b";
  };
  const enlarge = (x = 50, y = 50) => {
    stage.style.setProperty("--x", `${x}%`);
    stage.style.setProperty("--y", `${y}%`);
    zoom.setAttribute("aria-pressed", String(stage.classList.toggle("zoomed")));
  };

  bench.hidden = false;
  bench.addEventListener("input", show);
  bench.addEventListener("submit", (event) => event.preventDefault());
  bench.closest("details").addEventListener("toggle", show);
  flip.addEventListener("click", other);
  zoom.addEventListener("click", () => enlarge());
  for (const part of stage.querySelectorAll(".lens")) {
    part.addEventListener("click", (event) => {
      const box = part.getBoundingClientRect();
      enlarge(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
    });
  }
  bench.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "b" || event.ctrlKey || event.metaKey || event.target.matches("select")) return;
    event.preventDefault();
    if (bench.elements.mode.value === "blink") return other();
    bench.elements.mode.value = "blink";
    show();
  });
})();

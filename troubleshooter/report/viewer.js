(() => {
  // Enlarge the picture of a window, and go through all of them with the arrow keys.
  const texts = document.querySelector(".steps")?.dataset;
  const frames = [...document.querySelectorAll(".shot .frame:has(img)")];

  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };

  const open = (first) => {
    const dialog = document.createElement("dialog");
    const bar = document.createElement("p");
    const count = document.createElement("span");
    const scroll = document.createElement("div");
    const caption = document.createElement("div");
    let index = first;

    const zoom = (event) => {
      const on = dialog.classList.toggle("zoomed");
      magnify.setAttribute("aria-pressed", String(on));
      if (!on || !event?.offsetX) return;
      const [x, y] = [event.offsetX / event.target.clientWidth, event.offsetY / event.target.clientHeight];
      scroll.scrollTo((scroll.scrollWidth - scroll.clientWidth) * x, (scroll.scrollHeight - scroll.clientHeight) * y);
    };
    const show = (to) => {
      index = (to + frames.length) % frames.length;
      const frame = frames[index].cloneNode(true);
      const picture = frame.querySelector("img");
      for (const name of ["aria-label", "tabindex", "role"]) frame.removeAttribute(name);
      frame.addEventListener("click", zoom);
      dialog.setAttribute("aria-label", picture.alt);
      dialog.style.setProperty("--ratio", picture.getAttribute("width") / picture.getAttribute("height"));
      count.textContent = `${index + 1} / ${frames.length}`;
      scroll.replaceChildren(frame);
      const step = frames[index].closest(".step").querySelector("h3").textContent;
      const title = document.createElement("p");
      title.textContent = step;
      caption.replaceChildren(title, ...[...frames[index].parentElement.querySelector("figcaption").cloneNode(true).childNodes]);
    };

    const magnify = button("⤢", texts.zoom, () => zoom());
    magnify.setAttribute("aria-pressed", "false");
    bar.className = "bar";
    count.setAttribute("role", "status");
    scroll.className = "scroll";
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "group");
    scroll.setAttribute("aria-label", texts.large);
    caption.className = "about";
    bar.append(
      button("←", texts.previous, () => show(index - 1)),
      count,
      button("→", texts.next, () => show(index + 1)),
      magnify,
      button("✕", texts.close, () => dialog.close()),
    );
    dialog.append(bar, scroll, caption);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || dialog.classList.contains("zoomed")) return;
      event.preventDefault();
      show(index + step);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      frames[index].focus();
    });
    document.body.append(dialog);
    show(first);
    dialog.showModal();
  };

  frames.forEach((frame, index) => {
    frame.classList.add("zoomable");
    frame.tabIndex = 0;
    frame.setAttribute("role", "button");
    frame.setAttribute("aria-label", `${texts.large}: ${frame.querySelector("img").alt}`);
    frame.addEventListener("click", () => open(index));
    frame.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open(index);
    });
  });
})();

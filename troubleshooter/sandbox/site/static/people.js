// Draws the People web parts and the comments, each only when it comes near the visible part of the page's scroll region.
(() => {
  "use strict";
  const { make, paint, ...looks } = window.sandboxLooks;
  const region = document.querySelector('[data-automation-id="contentScrollRegion"]');

  const canvas = document.getElementById("spPageCanvasContent"); // missing in the document of a framed web part
  const tricks = canvas ? canvas.dataset : {};
  const LATE = 3500, SWAPPED = 2500, ASKED = 2500, APPEARS = 2000; // ms

  const whenNear = (element, draw) => {
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      draw();
    }, { root: region, rootMargin: "150px" });
    watcher.observe(element);
  };

  const drawPeople = (host) => {
    const cards = JSON.parse(host.querySelector("script").textContent);
    const descriptive = host.dataset.layout === "2";
    const list = make("div", descriptive ? "people descriptive" : "people compact");
    list.setAttribute("role", "list");
    if (host.dataset.look === "frame") {
      const frame = make("iframe", "people-frame");
      frame.src = host.dataset.frame;
      frame.title = "People";
      host.replaceChildren(frame);
      return;
    }
    const fill = (shown) => list.replaceChildren(...shown.map((card) => {
      const item = make("div", "person");
      item.setAttribute("role", "listitem");
      item.append(looks[host.dataset.look](card, descriptive ? 72 : 48));
      return item;
    }));
    fill("initials" in tricks ? cards.map((card) => ({ ...card, photo: null })) : cards);
    if ("initials" in tricks) setTimeout(() => fill(cards), ASKED);
    if (tricks.appear) for (const picture of list.querySelectorAll("img")) appear[tricks.appear](picture);
    host.replaceChildren(list);
    if ("swapped" in tricks) setTimeout(() => swap(list), SWAPPED);
  };

  const appear = {
    fade: (picture) => {
      picture.style.opacity = "0";
      picture.style.transition = `opacity ${APPEARS}ms linear`;
      picture.addEventListener("load", () => { picture.style.opacity = "1"; }, { once: true });
    },
    // A smear of four colors stands in for the photo until that has loaded.
    blur: (picture) => {
      const stand = make("canvas"), pen = stand.getContext("2d"), photo = picture.src;
      stand.width = stand.height = 8;
      ["#8a9", "#543", "#ca9", "#486"].forEach((color, n) => { pen.fillStyle = color; pen.fillRect(0, 2 * n, 8, 2); });
      picture.src = stand.toDataURL();
      picture.style.filter = "blur(12px)";
      picture.style.transition = `filter ${APPEARS}ms linear`;
      const loading = new Image();
      loading.addEventListener("load", () => { picture.src = photo; picture.style.filter = "none"; });
      loading.src = photo;
    },
  };

  // Every card gets another picture: its own, mirrored, once there is one.
  const swap = (list) => {
    for (const picture of list.querySelectorAll("img")) picture.decode().then(() => mirror(picture), () => {});
  };
  const mirror = (picture) => {
    const canvas = make("canvas");
    canvas.width = canvas.height = picture.naturalWidth;
    const pen = canvas.getContext("2d");
    pen.scale(-1, 1);
    pen.drawImage(picture, -canvas.width, 0);
    picture.src = canvas.toDataURL();
  };

  const drawComments = (wrapper, comments) => {
    for (const comment of comments) {
      const block = make("div", "comment");
      block.dataset.automationId = "sp-comment-block-root";
      const face = paint(comment, 32, comment.fingerprint);
      face.dataset.lpcHoverTargetId = comment.hover;
      face.dataset.persona = JSON.stringify(comment.persona);
      const text = make("div");
      text.append(make("div", "comment-author", comment.name), make("div", "", comment.text));
      block.append(face, text);
      wrapper.append(block);
    }
  };

  const draw = (host) => ("late" in tricks ? setTimeout(() => drawPeople(host), LATE) : drawPeople(host));
  document.querySelectorAll(".people-host").forEach((host) => whenNear(host, () => draw(host)));
  const hidden = document.querySelector("[data-hidden]");
  if (hidden) setTimeout(() => hidden.removeAttribute("data-hidden"), LATE);
  const wrapper = document.getElementById("CommentsWrapper");
  if (wrapper) {
    const comments = JSON.parse(wrapper.querySelector("script").textContent);
    whenNear(wrapper, () => drawComments(wrapper, comments));
  }
})();

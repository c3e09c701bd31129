// The ways in which a page draws a person. Each takes a card's record and returns an element.
"use strict";

const make = (tag, classes = "", text = "") => {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text) element.textContent = text;
  return element;
};

const initialsCircle = (card, classes) => {
  const circle = make("div", classes);
  circle.setAttribute("aria-hidden", "true");
  circle.style.backgroundColor = card.colour;
  circle.append(make("span", "", card.initials));
  return circle;
};

const links = (card) => {
  const row = make("div", "links");
  for (const [scheme, value] of [["mailto", card.mail], ["sip", card.sip]]) {
    if (!value) continue;
    const link = make("a", "", scheme === "mailto" ? "✉" : "☎");
    link.href = `${scheme}:${value}`;
    link.setAttribute("aria-label", `${scheme} ${card.name}`);
    row.append(link);
  }
  return row;
};

const persona = (card, size, area) => {
  const root = make("div", `ms-Persona ms-Persona--size${size}`);
  root.dataset.lpcHoverTargetId = card.hover;
  root.dataset.persona = JSON.stringify(card.persona);
  const coin = make("div", `ms-Persona-coin ms-Persona--size${size}`);
  const imageArea = make("div", "ms-Persona-imageArea");
  imageArea.append(...area);
  coin.append(imageArea);
  const details = make("div", "ms-Persona-details");
  details.append(make("div", "ms-Persona-primaryText", card.name), make("div", "ms-Persona-secondaryText", card.role));
  if (card.mail || card.sip) details.append(links(card));
  root.append(coin, details);
  return root;
};

const photoImage = (card, classes, done) => {
  const image = make("img", classes);
  image.alt = "";
  if (done) image.addEventListener("load", done);
  image.src = card.photo;
  return image;
};

// Version 8: shows initials until the photo has arrived. A photo that fails stays a broken picture.
const v8 = (card, size) => {
  const circle = initialsCircle(card, "ms-Persona-initials");
  if (!card.photo) return persona(card, size, [circle]);
  const frame = make("div", "ms-Image ms-Persona-image");
  const image = photoImage(card, "ms-Image-image", () => circle.remove());
  image.addEventListener("error", () => circle.remove());
  frame.append(image);
  return persona(card, size, [circle, frame]);
};

// Version 9: another set of classes; a photo that fails leaves the initials.
const v9 = (card) => {
  const root = make("div", "fui-Persona");
  root.dataset.lpcHoverTargetId = card.hover;
  root.dataset.persona = JSON.stringify(card.persona);
  const avatar = make("span", "fui-Avatar");
  avatar.setAttribute("role", "img");
  avatar.setAttribute("aria-label", card.name);
  const initials = make("span", "fui-Avatar__initials", card.initials);
  initials.style.backgroundColor = card.colour;
  avatar.append(initials);
  if (card.photo) {
    const image = photoImage(card, "fui-Avatar__image", () => initials.remove());
    image.addEventListener("error", () => image.remove());
    avatar.append(image);
  }
  root.append(avatar, make("span", "fui-Persona__primaryText", card.name), make("span", "fui-Persona__secondaryText", card.role));
  return root;
};

const background = (card, size) => {
  const picture = make("div", "ms-Persona-image picture");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", card.name);
  picture.style.backgroundImage = `url("${card.photo}")`;
  return persona(card, size, [picture]);
};

// A canvas that names the source of its picture, like those of the comments.
const paint = (card, side, fingerprint) => {
  const canvas = make("canvas", "picture");
  canvas.width = canvas.height = side;
  canvas.dataset.src = card.photo;
  if (fingerprint) canvas.dataset.fingerprint = fingerprint;
  const image = new Image();
  image.addEventListener("load", () => {
    canvas.getContext("2d").drawImage(image, 0, 0, side, side);
    canvas.dataset.drawn = "true";
  });
  image.src = card.photo;
  return canvas;
};

const canvas = (card, size) => persona(card, size, [paint(card, 96)]);

const shadow = (card, size) => {
  const host = make("sandbox-person");
  const root = host.attachShadow({ mode: "open" });
  const style = make("link");
  style.rel = "stylesheet";
  style.href = "/sandbox-static/page.css";
  root.append(style, v8(card, size));
  return host;
};

window.sandboxLooks = { v8, v9, background, canvas, shadow, paint, make };

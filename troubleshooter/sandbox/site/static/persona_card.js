// The profile card that opens over a person. The facts describe none of its markup: everything inside is the sandbox's own.
(() => {
  "use strict";
  const { make } = window.sandboxLooks;
  const HOVER = 250; // ms before the card opens
  let card = null;
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    if (card) card.remove();
    card = null;
  };

  const open = (target) => {
    close();
    const person = JSON.parse(target.dataset.persona);
    card = make("div", "sandbox-profile-card");
    card.id = "sandboxProfileCard";
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", person.name);
    card.dataset.lpcCardFor = target.dataset.lpcHoverTargetId;
    const face = make("div", "sandbox-profile-card-face");
    const initials = make("div", "initials", person.initials);
    initials.style.backgroundColor = person.colour;
    face.append(initials);
    const photo = make("img");
    photo.alt = "";
    photo.addEventListener("load", () => initials.remove());
    photo.addEventListener("error", () => photo.remove());
    photo.src = person.photo;
    face.append(photo);
    const mail = make("a", "", person.mail);
    mail.href = `mailto:${person.mail}`;
    card.append(face, make("div", "sandbox-profile-card-name", person.name), make("div", "", person.role), mail);
    const box = target.getBoundingClientRect();
    card.style.left = `${Math.min(box.left, window.innerWidth - 300)}px`;
    card.style.top = `${Math.min(box.bottom + 4, window.innerHeight - 190)}px`;
    document.body.append(card);
  };

  const targetOf = (event) => event.composedPath().find((node) => node.dataset && node.dataset.lpcHoverTargetId);
  document.addEventListener("mouseover", (event) => {
    const target = targetOf(event);
    if (target) {
      clearTimeout(timer);
      timer = setTimeout(() => open(target), HOVER);
    } else if (!card || !card.contains(event.target)) {
      close();
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
})();
